//! Compiles the crate again when a law pack is added, changed or removed.

fn main() {
    println!("cargo::rerun-if-changed=../../law");
}
