//! What the running text of a charter says about cookies in general, beside its list of names.

use serde::{Deserialize, Serialize};

use super::Party;
use crate::category::Category;
use crate::fold::Words;
use crate::lexicon::{self, Claim, Hint, Hit, Kind};
use crate::page::{Block, Page};

/// General statements of a charter, each with the sentence that makes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Statements {
    /// How to refuse, withdraw, block or delete.
    pub refusal: Option<String>,
    /// That third parties set cookies or receive data.
    pub third_parties: Option<String>,
    /// Purposes that the charter says need no consent.
    pub exemptions: Vec<Exemption>,
    /// The date of the charter, in its own words.
    pub dated: Option<String>,
}

/// A purpose that a charter says needs no consent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Exemption {
    /// The purpose.
    pub category: Category,
    /// True when the sentence says so only of anonymous data.
    pub anonymous: bool,
    /// The sentence.
    pub quote: String,
}

/// Most bytes of text that are looked at; what a charter states in general stands before its annexes.
const MOST_TEXT: usize = 200_000;
/// Most characters of a sentence that is kept.
const MOST_QUOTE: usize = 300;
/// Most words between "consent" and "need".
const REACH: usize = 10;

/// What a page states in general.
#[must_use]
pub fn read(page: &Page) -> Statements {
    let mut found = Statements::default();
    let mut heading = None;
    let mut left = MOST_TEXT;
    for block in &page.blocks {
        block_of(block, &mut heading, &mut left, &mut found);
        if left == 0 {
            break;
        }
    }
    found
}

impl Statements {
    /// Joins what another page of the site states.
    pub fn join(&mut self, other: Statements) {
        self.refusal = self.refusal.take().or(other.refusal);
        self.third_parties = self.third_parties.take().or(other.third_parties);
        self.dated = self.dated.take().or(other.dated);
        for exemption in other.exemptions {
            self.exempt(exemption);
        }
    }

    fn exempt(&mut self, exemption: Exemption) {
        let same = |e: &Exemption| e.category == exemption.category && e.anonymous == exemption.anonymous;
        if !self.exemptions.iter().any(same) {
            self.exemptions.push(exemption);
        }
    }
}

fn block_of(block: &Block, heading: &mut Option<Category>, left: &mut usize, found: &mut Statements) {
    let mut text = |words: &str, heading: Option<Category>, found: &mut Statements| {
        let taken = words.len().min(*left);
        *left -= taken;
        if taken == words.len() {
            paragraph(words, heading, found);
        }
    };
    match block {
        Block::Heading(h) => {
            *heading = lexicon::category(&h.text.plain).map(|hit| hit.category);
            text(&h.text.plain, None, found);
        }
        Block::Paragraph(p) => text(&p.plain, *heading, found),
        Block::Pairs(pairs) => {
            for value in pairs.iter().flat_map(|pair| std::iter::once(&pair.label).chain(&pair.values)) {
                text(&value.plain, *heading, found);
            }
        }
        Block::List(list) => {
            for item in &list.items {
                text(&item.text.plain, *heading, found);
            }
            for child in list.items.iter().flat_map(|item| &item.children) {
                block_of(child, heading, left, found);
            }
        }
        // Rows speak of single cookies.
        Block::Table(_) => {}
    }
}

/// One paragraph: sentence by sentence, each in the light of the category that the paragraph or the heading above names.
fn paragraph(text: &str, heading: Option<Category>, found: &mut Statements) {
    let mut topic = heading;
    for sentence in text.split_inclusive(['.', '!', '?', ';', '\n', '。']) {
        let words = Words::of(sentence);
        let hits = lexicon::hits(&words, |kind| {
            matches!(
                kind,
                Kind::Claim(_) | Kind::Cookie | Kind::Party(Party::Third) | Kind::Negation | Kind::NegationAfter
            )
        });
        let has = |kind: Kind| hits.iter().any(|hit| hit.kind == kind);
        let about_cookies = has(Kind::Cookie) || has(Kind::Claim(Claim::Consent));
        let quote = || sentence.trim().chars().take(MOST_QUOTE).collect::<String>();
        if found.refusal.is_none() && has(Kind::Claim(Claim::Refuse)) && about_cookies {
            found.refusal = Some(quote());
        }
        if found.third_parties.is_none() && has(Kind::Party(Party::Third)) {
            found.third_parties = Some(quote());
        }
        if found.dated.is_none() && has(Kind::Claim(Claim::Updated)) && names_a_year(&words) {
            found.dated = Some(quote());
        }
        let named = lexicon::categories(sentence);
        let here = named.iter().map(|hit| hit.category).find(|c| *c != Category::Unclassified);
        if has(Kind::Claim(Claim::Consent))
            && needs_none(&hits)
            && let Some(category) = here.or(topic)
        {
            let anonymous = lexicon::hints(sentence).iter().any(|h| h.hint == Hint::Anonymous && !h.negated);
            found.exempt(Exemption { category, anonymous, quote: quote() });
        }
        topic = topic_of(topic, heading, here);
    }
}

/// What the next sentence speaks of: what this one names first, else as before.
fn topic_of(before: Option<Category>, heading: Option<Category>, here: Option<Category>) -> Option<Category> {
    if before.is_none() || before == heading { here.or(before) } else { before }
}

/// Whether a sentence says that no consent is needed: the word of need that stands nearest to "consent" is reversed, or
/// the sentence speaks of an exemption from it.
fn needs_none(hits: &[Hit]) -> bool {
    let of = |kind: Kind| hits.iter().filter(move |hit| hit.kind == kind);
    of(Kind::Claim(Claim::Consent)).any(|consent| {
        let same = |other: &&Hit| other.lang == consent.lang;
        let gap = |other: &Hit| other.start.saturating_sub(consent.end).max(consent.start.saturating_sub(other.end));
        if of(Kind::Claim(Claim::Exempt)).filter(same).any(|exempt| gap(exempt) <= REACH) {
            return true;
        }
        let Some(need) = of(Kind::Claim(Claim::Need)).filter(same).min_by_key(|need| gap(need)) else { return false };
        let (from, to) = (need.start.min(consent.start).saturating_sub(2), need.end.max(consent.end));
        let negates = |hit: &&Hit| match hit.kind {
            Kind::Negation => hit.start >= from && hit.end <= to,
            Kind::NegationAfter => hit.start >= from && hit.start <= to,
            _ => false,
        };
        gap(need) <= REACH && hits.iter().filter(same).any(|hit| negates(&hit))
    })
}

fn names_a_year(words: &Words) -> bool {
    (0..words.len()).any(|at| words.word(at).parse::<u16>().is_ok_and(|year| (1995..2100).contains(&year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Text;

    fn of(paragraphs: &[&str]) -> Statements {
        let block = |p: &&str| Block::Paragraph(Text { plain: (*p).to_string(), ..Text::default() });
        read(&Page { blocks: paragraphs.iter().map(block).collect(), ..Page::default() })
    }

    #[test]
    fn exemptions_are_read_with_the_purpose_that_they_speak_of() {
        for (text, expected) in [
            ("Ces cookies statistiques ne requièrent pas de consentement.", Some((Category::Statistics, false))),
            (
                "Les cookies « nécessaires », internes, permettent d’enregistrer des informations. Ils ne requièrent pas de \
                 consentement de la part de l’utilisateur.",
                Some((Category::Necessary, false)),
            ),
            (
                "Les cookies « statistiques » permettent de suivre les actions. Lorsque les statistiques sont anonymes, le \
                 consentement de l’utilisateur n’est pas nécessaire.",
                Some((Category::Statistics, true)),
            ),
            ("Strictly necessary cookies do not require your consent.", Some((Category::Necessary, false))),
            ("No consent is required for statistics cookies.", Some((Category::Statistics, false))),
            ("Statistik-Cookies bedürfen keiner Einwilligung.", Some((Category::Statistics, false))),
            ("Las cookies técnicas están exentas de consentimiento.", Some((Category::Necessary, false))),
            ("Marketing cookies are not necessary and require your consent.", None),
            ("Les cookies publicitaires nécessitent votre consentement.", None),
            ("Les cookies « internes » sont déposés par le site consulté.", None),
        ] {
            let exemptions = of(&[text]).exemptions;
            assert_eq!(exemptions.first().map(|e| (e.category, e.anonymous)), expected, "{text}: {exemptions:?}");
        }
    }

    #[test]
    fn refusal_third_parties_and_date_are_found() {
        let found = of(&[
            "Vous pouvez à tout moment refuser les cookies dans les réglages de votre navigateur.",
            "Des partenaires tiers peuvent y accéder.",
            "Dernière mise à jour : 3 mars 2026",
        ]);
        assert!(found.refusal.is_some() && found.third_parties.is_some() && found.dated.is_some(), "{found:?}");
        let none = of(&["Nous utilisons des cookies pour le bon fonctionnement du site."]);
        assert_eq!(none, Statements::default());
    }
}
