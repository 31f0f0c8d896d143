//! Turns the data files into sorted tables. A mistake in a data file stops the build with its file and line.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

// The build needs only a part of it.
#[allow(dead_code)]
#[path = "src/fold.rs"]
mod fold;
#[path = "build/known.rs"]
mod known;
#[path = "build/letters.rs"]
mod letters;
#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "build/locales.rs"]
mod locales;
#[path = "build/platforms.rs"]
mod platforms;
#[path = "build/problem.rs"]
mod problem;
#[path = "build/rules.rs"]
mod rules;
#[path = "build/suffixes.rs"]
mod suffixes;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=src/fold.rs");
    println!("cargo:rerun-if-changed=data");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    let mut problems: Vec<String> = Vec::new();
    problems.extend(letters::build(&out).err());
    problems.extend(lexicon::build(Path::new("data/lexicon"), &out).err());
    problems.extend(locales::build(Path::new("extension/_locales"), &out).err());
    problems.extend(platforms::build(Path::new("data/platforms.toml"), &out).err());
    problems.extend(
        [suffixes::build, known::build, rules::build].iter().filter_map(|b| b(&out).err()).map(|p| p.to_string()),
    );
    for problem in &problems {
        println!("cargo::error={problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
