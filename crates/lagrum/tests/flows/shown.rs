//! What the demo shows to a newcomer.

use std::process::Command;

use crate::support::{Demo, ended, program};

#[test]
fn the_demo_fits_eighty_columns_and_its_closing_commands_work_as_printed() {
    let demo = Demo::new();
    let mut again = program();
    again
        .env("COLUMNS", "80")
        .env_remove("CARGO_MANIFEST_DIR")
        .arg("--dir")
        .arg(&demo.dir)
        .arg("demo");
    let shown = ended(&mut again).ok().out;
    let (page, closing) = shown
        .split_once("Look around:\n")
        .expect("closing commands");
    for line in page.lines() {
        let path = line.contains(demo.dir.to_str().expect("UTF-8"));
        assert!(line.chars().count() <= 80 || path, "{line}");
    }
    for expected in [
        "items left)",
        "Withheld",
        "a stolen desk gets no data",
        "refused: ",
    ] {
        let text = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(expected), "{expected} is not in:\n{page}");
    }
    let mut commands = 0;
    for line in closing.lines().filter(|line| !line.trim().is_empty()) {
        let ran = ended(Command::new("bash").args(["-c", line]));
        assert_eq!(ran.code, Some(0), "{line}\n{}\n{}", ran.out, ran.err);
        commands += 1;
    }
    assert_eq!(commands, 4);
}
