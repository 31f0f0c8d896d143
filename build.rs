//! Turns the data files into sorted tables. A mistake in a data file stops the build with its file and line.

use std::path::Path;
use std::{env, process};

// The build needs only a part of it.
#[allow(dead_code)]
#[path = "src/fold.rs"]
mod fold;
#[path = "build/lexicon.rs"]
mod lexicon;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=src/fold.rs");
    println!("cargo:rerun-if-changed=data");
    let out = env::var("OUT_DIR").unwrap_or_default();
    if let Err(sentence) = lexicon::build(Path::new("data/lexicon"), Path::new(&out)) {
        eprintln!("{sentence}");
        process::exit(1);
    }
}
