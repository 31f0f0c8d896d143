//! The closed set of purpose categories. The site's own word always stands beside ours.

use serde::{Deserialize, Serialize};

/// What a cookie is for. Party (first or third) is another question and never part of it.
///
/// The words that sites use for each stand in `data/lexicon`, by language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Strictly necessary for a service that the person asked for.
    Necessary,
    /// Security of the service.
    Security,
    /// Language, display and other preferences.
    Preferences,
    /// Audience measurement.
    Statistics,
    /// Personalised content.
    Personalisation,
    /// Advertising and profiling.
    Advertising,
    /// Sharing buttons and embedded media.
    SocialEmbed,
    /// The site itself says that it is not classified.
    Unclassified,
}

impl Category {
    /// Every category, in the order of the list shown.
    pub const ALL: [Category; 8] = [
        Category::Necessary,
        Category::Security,
        Category::Preferences,
        Category::Statistics,
        Category::Personalisation,
        Category::Advertising,
        Category::SocialEmbed,
        Category::Unclassified,
    ];

    /// The identifier used in data files and exports, such as `social_embed`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Category::Necessary => "necessary",
            Category::Security => "security",
            Category::Preferences => "preferences",
            Category::Statistics => "statistics",
            Category::Personalisation => "personalisation",
            Category::Advertising => "advertising",
            Category::SocialEmbed => "social_embed",
            Category::Unclassified => "unclassified",
        }
    }
}
