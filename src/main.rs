//! The core as a command, for saved pages, pipelines and tests.

fn main() {
    eprintln!("Nothing to run yet.");
    std::process::exit(2);
}
