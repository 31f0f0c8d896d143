//! Charter x observations -> report. One file per family of rules, one function per rule.
//!
//! | file | rules |
//! | --- | --- |
//! | `site_rules` | CHA, and what is said once for the whole visit |
//! | `declared` | DEC: declared or not |
//! | `row` | ROW: what each row of the charter must tell |
//! | `category` | CAT: is the category right |
//! | `party` | PAR: first or third party |
//! | `lifetime` | LIF: lifetimes |
//! | `choice` | CON: is the choice respected |
//! | `security` | SEC: attributes of log-ins, personal data |
//!
//! Everything else prepares what they are asked about: `items` (things stored), `matching` (which line covers which thing),
//! `twins` and `near` (lines that repeat or nearly name), `purpose`, `value` and `consent` (what words, values and profiles say),
//! `setup`, `assemble` and `facts` (from input to report).

mod assemble;
mod case;
mod category;
mod choice;
mod consent;
mod declared;
mod facts;
mod items;
mod lifetime;
mod matching;
mod near;
mod party;
mod purpose;
mod row;
mod rules;
mod security;
mod setup;
mod site_rules;
mod twins;
mod value;

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
/// A row is "as declared" only when the charter was read and a line of it covers the name on its host. It "differs" when a
/// rule marked `differs` in `data/rules.toml` found a difference of at least minor severity that rests on an observed or known
/// fact; guesses and what is only good to know never change a verdict. Never fails.
#[must_use]
pub fn judge(visit: &Visit, charter: &Charter) -> Report {
    assemble::report(visit, charter)
}
