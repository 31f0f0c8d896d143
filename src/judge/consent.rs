//! Is consent needed? The purpose decides: not the party, the lifetime or the name of the category.

use crate::category::Category;
use crate::judge::rules::Profile;
use crate::report::ConsentNeed;

/// Whether a purpose needs consent under a profile.
pub(crate) fn need(profile: &Profile, purpose: Option<Category>) -> ConsentNeed {
    match purpose {
        Some(Category::Necessary | Category::Security) => ConsentNeed::NotNeeded,
        Some(Category::Preferences) => profile.preferences,
        Some(Category::Statistics) => profile.statistics,
        Some(Category::Personalisation | Category::Advertising | Category::SocialEmbed) => profile.tracking,
        Some(Category::Unclassified) | None => ConsentNeed::CannotTell,
    }
}

/// The need of a cookie with several purposes: it is exempt only if every one of them is.
pub(crate) fn stricter(a: ConsentNeed, b: ConsentNeed) -> ConsentNeed {
    let rank = |need| match need {
        ConsentNeed::CannotTell => 0,
        ConsentNeed::NotNeeded => 1,
        ConsentNeed::Conditional => 2,
        ConsentNeed::Needed => 3,
    };
    if rank(a) >= rank(b) { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_change_the_answer_for_audience_measurement_only_where_the_law_does() {
        for (profile, statistics) in [
            ("fr", ConsentNeed::Conditional),
            ("eu", ConsentNeed::Needed),
            ("de", ConsentNeed::Needed),
            ("es", ConsentNeed::Conditional),
            ("it", ConsentNeed::Conditional),
            ("nl", ConsentNeed::Conditional),
            ("uk", ConsentNeed::Conditional),
            ("us-ca", ConsentNeed::NotNeeded),
        ] {
            let profile = Profile::named(profile).unwrap();
            assert_eq!(need(profile, Some(Category::Statistics)), statistics, "{}", profile.id);
            assert_eq!(need(profile, Some(Category::Necessary)), ConsentNeed::NotNeeded);
            assert_eq!(need(profile, None), ConsentNeed::CannotTell);
        }
    }

    #[test]
    fn several_purposes_are_exempt_only_together() {
        assert_eq!(stricter(ConsentNeed::NotNeeded, ConsentNeed::Needed), ConsentNeed::Needed);
        assert_eq!(stricter(ConsentNeed::CannotTell, ConsentNeed::NotNeeded), ConsentNeed::NotNeeded);
    }
}
