//! Cookie Charter sets the cookies that a site really stores beside the charter in which the site declares them.
//!
//! ```text
//!  the page               the browser's jar and headers           the site's own words
//!     |                            |                                     |
//!  extension/  content.js      observe.js                       background.js (fetch, text only)
//!     |             plain objects, no opinion                            |
//!     +------------------> Visit { site, now, observations, pages } <----+
//!   ============================ src/wasm.rs : the only file that names wasm_bindgen ======
//!  src/   visit --> observation -----------------------------+
//!         pages --> page --> charter/{find,table,list,...}   |
//!                               |  Charter { declarations }  |
//!                               v                            v
//!               known, rules --> judge/  --> Report { rows, totals, findings, evidence }
//!                                              |                 |
//!   ===========================================|=================|=======================
//!  extension/        popup.js, report.js  <----+                 +--> export (csv, json)
//! ```
//!
//! Arrows only go down the page. The core has no clock, network or storage: the moment and the hosts are inputs. A site
//! that cannot be read is a [`report::Report`] with a note; an error means that the caller broke the contract.

mod category;
pub mod charter;
pub mod consent;
pub mod export;
pub mod fold;
mod judge;
mod known;
mod letters;
pub mod lexicon;
pub mod page;
pub mod pattern;
pub mod report;
pub mod set_cookie;
mod site;
pub mod visit;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use category::Category;
pub use charter::find::{LinkCandidate, LinksOfPage, charter_links, follow_from, usual_addresses};
pub use charter::{Charter, Declaration, read_charter};
pub use export::{Export, ExportError, Format, export};
pub use judge::{assess, judge};
pub use report::Report;
pub use visit::Visit;
