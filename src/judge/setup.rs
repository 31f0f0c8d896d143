//! Sets up what the rules are asked about: lines of the charter and things stored, each with what is known of it.

use crate::charter::{Declaration, Party};
use crate::judge::case::{Case, Line, Scene};
use crate::judge::items::Item;
use crate::judge::matching::{Answer, Declarations, Thing, pattern_of};
use crate::judge::near::NearNames;
use crate::judge::purpose::{self, Purpose};
use crate::judge::twins::{self, Twins};
use crate::known::{self, KnownRow, Sure};
use crate::report::{Confidence, ConsentNeed, Origin};
use crate::site;

/// What is found for a thing stored before the lines are set up.
pub(crate) struct LookedUp {
    party: Option<Party>,
    known: Option<&'static KnownRow>,
    answer: Answer,
}

/// Looks a thing up in our table and in the charter.
pub(crate) fn look_up(scene: &Scene<'_>, item: &Item<'_>, declarations: &mut Declarations<'_>) -> LookedUp {
    let seen = item.seen;
    let party = (!scene.host.is_empty() && !item.host.is_empty()).then(|| site::party(&item.host, &scene.host));
    let known = known::lookup(seen.kind, &seen.name, &item.host);
    let script_cookie = known.is_some_and(|k| k.party != Some(Party::Third));
    let thing = Thing { kind: seen.kind, name: &seen.name, host: &item.host, party, script_cookie };
    LookedUp { party, known, answer: declarations.find(thing) }
}

/// The lines of the charter, in the order of its places.
pub(crate) fn lines<'a>(scene: &'a Scene<'a>, declarations: &Declarations<'a>) -> Vec<Line<'a>> {
    let texts: Vec<&Declaration> = declarations.all.iter().map(|d| d.text).collect();
    let twins = twins::twins(&texts);
    let line = |((number, declared), twins): ((usize, &super::matching::Declared<'a>), Twins)| {
        let text = declared.text;
        let host = declared.hosts.first().map_or("", String::as_str);
        let known = known::lookup(text.kind, pattern_of(text), host).filter(|k| k.sure > Sure::Generic);
        let need = match text.category {
            Some(_) => scene.need_of_all(text.category, &twins, known),
            None => scene.need(known.map(|k| k.category), known),
        };
        let language = scene.charter.language.as_deref();
        let purpose = text.purpose.as_deref().map_or_else(Purpose::default, |words| purpose::read(words, language));
        Line { number, scene, text, hosts: declared.hosts.clone(), broad: declared.broad, known, need, purpose, twins }
    };
    declarations.all.iter().enumerate().zip(twins).map(line).collect()
}

/// A thing stored, with the line that covers it and the purpose that follows from both.
pub(crate) fn case<'a>(
    scene: &'a Scene<'a>,
    item: &'a Item<'a>,
    looked_up: LookedUp,
    lines: &'a [Line<'a>],
    near: &NearNames<'a>,
) -> Case<'a> {
    let LookedUp { party, known, answer } = looked_up;
    let line = |number: usize| lines.get(number);
    let mut case = Case {
        scene,
        item,
        party,
        known,
        declared: answer.covered.and_then(|c| line(c.declaration)),
        broad: answer.broad.and_then(line),
        elsewhere: answer.elsewhere.and_then(line),
        near: None,
        category: None,
        category_from: Origin::None,
        need: ConsentNeed::CannotTell,
        need_from: Confidence::Guessed,
    };
    // A pattern that covers nearly everything declares what is known to need no consent, and nothing else.
    let exempt = case.surely_known().is_some_and(|k| scene.need(Some(k.category), Some(k)) == ConsentNeed::NotNeeded);
    if case.declared.is_none() && exempt {
        case.declared = case.broad;
    }
    case.categorise();
    if case.declared.is_none() {
        case.near = near.find(&item.seen.name);
    }
    case
}
