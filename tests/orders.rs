//! Properties of judging: order does not matter, an unrelated cookie changes nothing, nothing panics, and the work grows with
//! the input and not with its square.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::time::{Duration, Instant};

use cookie_charter::charter::{Declaration, Lifetime, LifetimeWord, Outcome, Party};
use cookie_charter::report::Report;
use cookie_charter::visit::{Choice, Observation, Phase, StorageKind, Writer, Written};
use cookie_charter::{Category, Charter, Visit, judge};

/// A small generator, so that a failing case can be made again from its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())].clone()
    }

    fn maybe<T>(&mut self, value: T) -> Option<T> {
        (self.roll(2) == 0).then_some(value)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.roll(at + 1));
        }
    }
}

const NAMES: [&str; 14] = [
    "_ga",
    "_gat",
    "_ga_AB1",
    "_fbp",
    "sessionid",
    "csrftoken",
    "csrf_token",
    "PHPSESSID",
    "phpsessid",
    "",
    "a",
    "é*",
    "_pk_id.1.ab",
    "IDE",
];
const PATTERNS: [&str; 12] =
    ["_ga", "_ga_*", "_g*", "*", "", "sessionid", "csrftoken", "*id", "_pk_id*", "a*b*c", "PHPSESSID", "IDE"];
const HOSTS: [&str; 7] =
    ["www.rivebelle.example", "rivebelle.example", "regie.example", "doubleclick.net", "", "..", "127.0.0.1"];
const TEXTS: [&str; 6] = [
    "",
    "Counts visits",
    "Targeted advertising",
    "Keeps the visitor logged in",
    "anonymous statistics",
    "\u{202e}\0💥",
];
const NUMBERS: [f64; 9] = [0.0, -1.0, 1.0, 60.0, 3.15e7, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

fn observation(d: &mut Dice) -> Observation {
    let kinds =
        [StorageKind::Cookie, StorageKind::Cookie, StorageKind::LocalStorage, StorageKind::Other, StorageKind::Pixel];
    let written = Written {
        at: d.of(&NUMBERS),
        by: d.of(&[Writer::Header, Writer::Script, Writer::Unknown]),
        source: d.maybe("https://x.example/".to_string()),
        phase: d.of(&[Phase::BeforeChoice, Phase::AfterAccept, Phase::AfterRefuse, Phase::Unknown]),
        asked_seconds: d.roll(2).eq(&0).then(|| d.of(&NUMBERS)),
        refused: (d.roll(5) == 0).then(|| "size".to_string()),
    };
    Observation {
        kind: d.of(&kinds),
        name: d.of(&NAMES).to_string(),
        host: d.of(&HOSTS).to_string(),
        host_only: d.roll(2) == 0,
        path: "/".into(),
        secure: d.roll(2) == 0,
        http_only: d.roll(2) == 0,
        expires: d.roll(2).eq(&0).then(|| 1.7954568e9 + d.of(&NUMBERS)),
        value: d.maybe("3f2504e0-4f89-41d3-9a0c-0305e82c3301".to_string()),
        written: d.maybe(written),
        ..Observation::default()
    }
}

fn declaration(d: &mut Dice) -> Declaration {
    let pattern = d.of(&PATTERNS).to_string();
    let lifetimes = [
        Lifetime::Word(LifetimeWord::Session),
        Lifetime::Word(LifetimeWord::Persistent),
        Lifetime::Seconds(d.of(&NUMBERS[..6])),
    ];
    Declaration {
        name: pattern.clone(),
        pattern,
        kind: d.of(&[StorageKind::Cookie, StorageKind::Cookie, StorageKind::LocalStorage, StorageKind::Pixel]),
        category: d.roll(2).eq(&0).then(|| d.of(&Category::ALL)),
        purpose: d.roll(2).eq(&0).then(|| d.of(&TEXTS).to_string()),
        provider: d.roll(2).eq(&0).then(|| d.of(&TEXTS).to_string()),
        hosts: if d.roll(3) == 0 { vec![d.of(&HOSTS).to_string()] } else { Vec::new() },
        lifetime_seconds: d.roll(2).eq(&0).then(|| d.of(&lifetimes)),
        lifetime_range: (d.roll(5) == 0).then(|| [d.of(&NUMBERS[..6]), d.of(&NUMBERS[..6])]),
        lifetime_declared: d.roll(2).eq(&0).then(|| d.of(&TEXTS).to_string()),
        party: d.roll(3).eq(&0).then(|| d.of(&[Party::First, Party::Third])),
        ..Declaration::default()
    }
}

fn case(seed: u64) -> (Visit, Charter) {
    let mut d = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let sizes = (d.roll(30), d.roll(20));
    let visit = Visit {
        url: d.of(&["https://www.rivebelle.example/a", "", "https://127.0.0.1/", "about:blank"]).to_string(),
        now: d.of(&[1.7954568e12, f64::NAN, -1.0, 1e300]),
        observations: (0..sizes.0).map(|_| observation(&mut d)).collect(),
        hosts: (0..d.roll(4)).map(|_| d.of(&HOSTS).to_string()).collect(),
        hidden_hosts: (0..d.roll(3)).map(|_| d.of(&HOSTS).to_string()).collect(),
        choices: (0..d.roll(3))
            .map(|_| Choice { at: d.of(&NUMBERS), accepted: d.roll(2) == 0, ..Choice::default() })
            .collect(),
        recorded: d.roll(2) == 0,
        gpc: d.roll(2) == 0,
        ..Visit::default()
    };
    let status = d.of(&[
        Outcome::Read,
        Outcome::Read,
        Outcome::Read,
        Outcome::ListsNothing,
        Outcome::Unreadable,
        Outcome::NotFound,
    ]);
    (visit, Charter { status, declarations: (0..sizes.1).map(|_| declaration(&mut d)).collect(), ..Charter::default() })
}

/// The report as JSON: floats that are no numbers would not compare.
fn json(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}

#[test]
fn hostile_visits_give_reports_that_count_right_and_survive_their_json() {
    for seed in 0..400 {
        let (visit, charter) = case(seed);
        let report = judge(&visit, &charter);
        let t = &report.totals;
        assert_eq!(t.as_declared + t.differs + t.not_declared + t.not_judged, t.stored, "seed {seed}");
        assert!(charter.status == Outcome::Read || t.as_declared + t.differs == 0, "seed {seed}: a false green");
        assert!(serde_json::from_str::<Report>(&json(&report)).is_ok(), "seed {seed}");
    }
}

#[test]
fn the_order_of_observations_and_declarations_changes_nothing() {
    for seed in 0..300 {
        let (mut visit, mut charter) = case(seed);
        let before = json(&judge(&visit, &charter));
        let mut d = Dice(seed);
        d.shuffle(&mut visit.observations);
        d.shuffle(&mut charter.declarations);
        d.shuffle(&mut visit.hosts);
        assert!(json(&judge(&visit, &charter)) == before, "seed {seed}: another order, another report");
    }
}

#[test]
fn an_unrelated_cookie_changes_no_other_row() {
    for seed in 0..300 {
        let (mut visit, charter) = case(seed);
        let before = judge(&visit, &charter);
        let host = "unrelated.example".to_string();
        visit.observations.push(Observation { name: "zq-unrelated-77".into(), host, ..Observation::default() });
        let mut after = judge(&visit, &charter).rows;
        after.retain(|row| row.stored.name != "zq-unrelated-77");
        let sorted = |mut rows: Vec<cookie_charter::report::Row>| {
            rows.sort_by(|a, b| a.id.cmp(&b.id));
            rows.iter().map(|r| serde_json::to_string(r).unwrap()).collect::<Vec<_>>()
        };
        assert!(sorted(after) == sorted(before.rows), "seed {seed}: another row changed");
    }
}

/// Cookies and declarations of many names, a third of them patterns, a third with hosts.
fn large(cookies: usize, declarations: usize) -> (Visit, Charter) {
    let observations = (0..cookies).map(|n| Observation {
        name: format!("name_{}_{n}", n % 7),
        host: if n % 5 == 0 { format!("h{}.regie.example", n % 50) } else { "www.rivebelle.example".into() },
        expires: Some(1.8e9),
        ..Observation::default()
    });
    let declarations = (0..declarations).map(|n| {
        let pattern = if n % 3 == 0 { format!("name_{}_{n}*", n % 7) } else { format!("name_{}_{n}", n % 7) };
        Declaration {
            name: pattern.clone(),
            pattern,
            category: Some(Category::Statistics),
            purpose: Some(format!("Counts the visits of page {n}")),
            hosts: if n % 5 == 0 { vec![format!("h{}.regie.example", n % 50)] } else { Vec::new() },
            ..Declaration::default()
        }
    });
    let visit = Visit {
        url: "https://www.rivebelle.example/".into(),
        now: 1.79e12,
        observations: observations.collect(),
        ..Visit::default()
    };
    (visit, Charter { status: Outcome::Read, declarations: declarations.collect(), ..Charter::default() })
}

fn best_time(visit: &Visit, charter: &Charter) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(judge(visit, charter));
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The bound is loose here, so that a busy machine does not fail it: a loop of cookies by declarations has exponent 2.
#[test]
fn work_grows_with_the_input_and_not_with_its_square() {
    for (what, small, big) in [
        ("cookies", (400, 400), (4000, 400)),
        ("declarations", (400, 400), (400, 4000)),
        ("both", (400, 400), (4000, 4000)),
    ] {
        let time = |(cookies, declarations)| {
            let (visit, charter) = large(cookies, declarations);
            best_time(&visit, &charter)
        };
        let (few, many) = (time(small), time(big));
        let exponent = (many.as_secs_f64() / few.as_secs_f64()).log10();
        println!("{what}: {few:?} to {many:?}, exponent {exponent:.2}");
        assert!(exponent < 1.5, "{what}: {few:?} to {many:?}, exponent {exponent:.2}");
    }
}
