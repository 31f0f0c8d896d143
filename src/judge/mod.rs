//! Charter x observations -> report. One file per family of rules, one function per rule.

mod assemble;
mod case;
mod consent;
mod declared;
mod items;
mod matching;
mod rules;

use crate::charter::Charter;
use crate::report::Report;
use crate::visit::Visit;

/// Reads the charter of a visit and judges the visit by it.
///
/// Never fails: what cannot be known is said in the report.
#[must_use]
pub fn assess(visit: &Visit) -> Report {
    judge(visit, &crate::charter::read_charter(&visit.pages))
}

/// Judges a visit by a charter that was read.
///
/// A row is never "as declared" unless the charter was read and names it. Never fails.
#[must_use]
pub fn judge(visit: &Visit, charter: &Charter) -> Report {
    assemble::report(visit, charter)
}
