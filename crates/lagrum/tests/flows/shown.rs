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
        "sealed to the attacker's own key refused: mandate: this agent does not know the recipient",
    ] {
        let text = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(expected), "{expected} is not in:\n{page}");
    }
    let refusals = page
        .lines()
        .filter(|line| line.trim_start().starts_with("refused: "));
    assert_eq!(refusals.count(), 4, "{page}");
    let mut commands = 0;
    for line in closing.lines().filter(|line| !line.trim().is_empty()) {
        commands += 1;
        if line.ends_with("desk serve") {
            // It ends when somebody ends it; on a port that nobody has.
            let line = format!("timeout 6 {} --listen 127.0.0.1:0", line.trim());
            let ran = ended(Command::new("bash").args(["-c", &line]));
            assert_eq!(ran.code, Some(124), "{line}\n{}\n{}", ran.out, ran.err);
            assert!(ran.out.contains("The desk is served at"), "{}", ran.out);
            continue;
        }
        let ran = ended(Command::new("bash").args(["-c", line]));
        assert_eq!(ran.code, Some(0), "{line}\n{}\n{}", ran.out, ran.err);
    }
    assert_eq!(commands, 6);
}
