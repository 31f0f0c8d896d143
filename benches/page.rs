//! How long reading a page takes against html5ever's tokenizer alone, and how it grows with the document.
//!
//! `cargo bench --bench page` prints ratios (both sides in turns, median, least and most) and, for documents of 0.1 to
//! 12 MB, the exponent with which time grows: 1 is linear. Words after `--` choose shapes by a part of their name.

mod documents;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cookie_charter::page::{Kind, parse_text};
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Sizes for the exponent, in bytes.
const SIZES: [usize; 4] = [100_000, 500_000, 2_500_000, 12_000_000];

struct Nothing;

impl TokenSink for Nothing {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        black_box(token);
        TokenSinkResult::Continue
    }
}

fn tokens(source: &str) {
    let tokenizer = Tokenizer::new(Nothing, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(source));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
}

/// Time of this thread on a processor, where the system tells it; else time on the clock.
fn time(work: impl FnOnce()) -> Duration {
    let spent = || {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let (start, before) = (Instant::now(), spent());
    work();
    match (before, spent()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    }
}

fn read(source: &str, kind: Kind) {
    let _ = black_box(parse_text(black_box(source), kind));
}

/// Pairs of runs in turns; the ratio of each pair.
fn ratio(size: usize) {
    let source = documents::charter(size);
    let pairs = (6_000_000 / size).clamp(5, 60);
    read(&source, Kind::Html);
    tokens(&source);
    let mut all: Vec<(f64, Duration, Duration)> = (0..pairs)
        .map(|_| {
            let ours = time(|| read(&source, Kind::Html));
            let theirs = time(|| tokens(&source));
            (ours.as_secs_f64() / theirs.as_secs_f64(), ours, theirs)
        })
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (median, least, most) = (all[pairs / 2], all[0], all[pairs - 1]);
    println!(
        "{:>9} bytes  ratio {:.2} (least {:.2}, most {:.2}, {pairs} pairs)  ours {:.2?}  tokenizer {:.2?}",
        source.len(),
        median.0,
        least.0,
        most.0,
        median.1,
        median.2
    );
}

/// The slope of log(time) over log(size), by least squares over the best of a few runs.
fn growth(name: &str, kind: Kind, make: impl Fn(usize) -> String) -> f64 {
    let mut points = vec![];
    let mut shown = String::new();
    for size in SIZES {
        let source = make(size);
        let runs = if size < 1_000_000 { 5 } else { 3 };
        let best = (0..runs).map(|_| time(|| read(&source, kind))).min().unwrap_or_default();
        points.push(((source.len() as f64).ln(), best.as_secs_f64().ln()));
        shown.push_str(&format!(" {:>8.1}", best.as_secs_f64() * 1000.0));
    }
    let n = points.len() as f64;
    let (mx, my) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
    let slope = points.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum::<f64>()
        / points.iter().map(|p| (p.0 - mx).powi(2)).sum::<f64>();
    println!("{slope:>6.2}  {name:<36} ms:{shown}");
    slope
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|w| name.contains(w.as_str()));
    if wanted("ratio") {
        println!("reading against html5ever's tokenizer alone");
        for size in [30_000, 120_000, 400_000, 1_200_000] {
            ratio(size);
        }
    }
    println!("growth, 0.1 to 12 MB (exponent, then milliseconds for each size)");
    let mut worst: f64 = 0.0;
    let mut run = |name: &str, kind, make: &dyn Fn(usize) -> String| {
        if wanted(name) {
            worst = worst.max(growth(name, kind, make));
        }
    };
    run("HTML charter", Kind::Html, &documents::charter);
    run("Markdown charter", Kind::Markdown, &documents::markdown);
    run("text charter", Kind::Text, &documents::text);
    let shapes = [
        ("html", Kind::Html, documents::AWKWARD_HTML),
        ("markdown", Kind::Markdown, documents::AWKWARD_MARKDOWN),
        ("text", Kind::Text, documents::AWKWARD_TEXT),
    ];
    for (group, kind, shapes) in shapes {
        for (name, make) in shapes {
            run(&format!("{group}: {name}"), kind, make);
        }
    }
    println!("worst exponent {worst:.2}");
}
