//! Axeptio: vendors in the steps of its panel, never cookie names. It says so, and nothing more can be read.

use super::data::{Data, Look};
use super::rows::Rows;
use super::website::Website;
use crate::charter::Outcome;

/// Nothing: its JSON lists vendors too, as the page does.
pub(super) fn requests(_: &Website<'_>) -> Vec<String> {
    Vec::new()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    let steps = data.object("axeptioSDK.cookiesConfig.steps").is_array();
    let settings = data.object("axeptioSettings").is_object();
    if steps || settings || !data.json().list("cookies").is_empty() {
        rows.refuse(Outcome::ListsNothing, "reason_platform_vendors");
    }
}
