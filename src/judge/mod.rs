//! Charter x observations -> report. One file per family of rules, one function per rule.

use crate::report::Report;
use crate::visit::Visit;

/// Judges a visit.
///
/// Never fails: what cannot be known is said in the report.
#[must_use]
pub fn assess(visit: &Visit) -> Report {
    let _charter = crate::charter::read_charter(&visit.pages);
    Report { schema: crate::report::SCHEMA, generated: visit.now, ..Report::default() }
}
