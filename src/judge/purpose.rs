//! What the words of a purpose point to: category hints with negation, in every language of the lexicon. A guess, always
//! shown as one, and set against the declared category only.

use crate::category::Category;
use crate::fold::Words;
use crate::lexicon::{self, Hint};

/// What a purpose text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Purpose {
    /// The purpose that its words point to, when one stands out.
    pub(crate) category: Option<Category>,
    /// It says that the data are anonymous.
    pub(crate) anonymous: bool,
    /// It says nothing: a phrase that fits every cookie, hardly any word, or the category over again.
    pub(crate) vague: bool,
}

/// Fewer words than this cannot say what a cookie is for.
const FEW_WORDS: usize = 4;

/// Reads a purpose text of a charter in some language. English words count everywhere: English tables are common.
pub(crate) fn read(text: &str, language: Option<&str>) -> Purpose {
    let said = language.map(|tag| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase());
    let code = said.or_else(|| lexicon::language(text).map(|lang| lang.code().to_string()));
    let spoken = |lang: lexicon::Lang| code.as_ref().is_none_or(|code| lang.code() == code || lang.code() == "en");
    let mut votes: Vec<(Category, usize)> = Vec::new();
    let mut purpose = Purpose::default();
    let mut empty_phrase = false;
    // A term of several words says more than a single word.
    let words = |from: usize, to: usize| text.get(from..to).map_or(1, |term| term.split_whitespace().count().max(1));
    for hit in lexicon::hints_in(text, spoken).into_iter().filter(|hit| !hit.negated) {
        match hit.hint {
            Hint::Purpose(category) => vote(&mut votes, category, words(hit.from, hit.to)),
            // Keeping the choice about cookies is necessary, whatever categories the sentence names.
            Hint::Consent => vote(&mut votes, Category::Necessary, words(hit.from, hit.to) + 1),
            Hint::Anonymous => purpose.anonymous = true,
            Hint::Vague => empty_phrase = true,
        }
    }
    purpose.category = winner(&votes);
    let says_something = !votes.is_empty() && lexicon::category_exact(text).is_none();
    purpose.vague =
        !says_something && (empty_phrase || Words::of(text).len() < FEW_WORDS || votes.is_empty() && text.is_empty());
    purpose
}

fn vote(votes: &mut Vec<(Category, usize)>, category: Category, weight: usize) {
    match votes.iter_mut().find(|(c, _)| *c == category) {
        Some((_, count)) => *count += weight,
        None => votes.push((category, weight)),
    }
}

/// The category with the most words; of equals, the one that was named first.
fn winner(votes: &[(Category, usize)]) -> Option<Category> {
    let most = votes.iter().map(|(_, count)| *count).max()?;
    votes.iter().find(|(_, count)| *count == most).map(|(category, _)| *category)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use serde_json::Value;

    use super::*;

    /// The words of the corpus for our categories; it has one word for several of ours.
    fn of_corpus(category: Category) -> &'static str {
        match category {
            Category::Necessary | Category::Security => "necessary",
            Category::Preferences | Category::Personalisation => "functional",
            Category::Statistics => "statistics",
            Category::Advertising => "marketing",
            Category::SocialEmbed => "social",
            Category::Unclassified => "unclassified",
        }
    }

    fn corpus() -> Option<PathBuf> {
        let given = std::env::var_os("CHARTER_CORPUS").map(PathBuf::from);
        let beside = ["../shared/corpus", "../../shared/corpus"];
        given.into_iter().chain(beside.map(PathBuf::from)).find(|p| p.is_dir())
    }

    #[test]
    fn purposes_of_real_charters_point_to_their_declared_category() {
        let Some(corpus) = corpus() else { return println!("no folder of real charters here: nothing to measure") };
        let mut table: BTreeMap<(String, &str), usize> = BTreeMap::new();
        let exempt = |word: &str| matches!(word, "necessary" | "functional");
        let (mut right, mut decided, mut all) = (0, 0, 0);
        for folder in std::fs::read_dir(corpus).unwrap().filter_map(Result::ok) {
            let Ok(text) = std::fs::read_to_string(folder.path().join("truth.json")) else { continue };
            let truth: Value = serde_json::from_str(&text).unwrap();
            for row in truth["declarations"].as_array().into_iter().flatten() {
                let (Some(purpose), Some(category)) = (row["purpose"].as_str(), row["category"].as_str()) else {
                    continue;
                };
                all += 1;
                let said = read(purpose, truth["language"].as_str()).category.map_or("-", of_corpus);
                *table.entry((category.to_string(), said)).or_default() += 1;
                if said == "-" {
                    println!("?? {} {}: {category}: {purpose}", truth["id"], row["name"]);
                    continue;
                }
                decided += 1;
                // Whether language and display are "necessary" or "functional" is the site's choice of words: both are exempt.
                let agrees = said == category || (exempt(said) && exempt(category));
                right += usize::from(agrees);
                if !agrees {
                    println!("{} {}: {category}, not {said}: {purpose}", truth["id"], row["name"]);
                }
            }
        }
        println!("declared -> read: {table:#?}\n{right} of {decided} decided agree, {all} rows");
        assert!(right as f64 >= 0.90 * decided as f64, "{right} of {decided} agree");
    }
}
