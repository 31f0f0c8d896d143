//! Didomi: vendors and purposes, never cookie names. A vendor may point to a disclosure in the form of the IAB TCF, which
//! is read when the page talks to that vendor.

use super::data::Data;
use super::rows::Rows;
use super::tcf;
use super::website::Website;
use crate::charter::Outcome;

const VENDORS: &str = "Didomi.getVendors()";

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    site.objects().map(|data| tcf::disclosures_of(site, data.object(VENDORS))).unwrap_or_default()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    tcf::disclosures(data, VENDORS, rows);
    if !data.object(VENDORS).is_null() {
        rows.refuse(Outcome::ListsNothing, "reason_platform_vendors");
    }
}
