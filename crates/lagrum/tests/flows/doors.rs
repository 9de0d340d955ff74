//! Files are read through the doors of `lagrum-durable`, and through nothing else.

use std::fs;

use crate::rooms::workspace;
use crate::support::files_below;

/// What reads a file whatever it is, whoever can change it, and however long it is.
const WITHOUT_LIMIT: [&str; 4] = [
    "fs::read(",
    "fs::read_to_string(",
    "File::open(",
    "io::read_to_string(",
];

/// What reads a line or a piece however long it is, where it is called on a reader: on a text it reads
/// nothing. A reader has these methods only where its trait is named.
const OF_READERS: [&str; 3] = [".lines()", ".read_line(", ".split(b"];

/// Where files are read in another way, and why.
const OTHERS: [(&str, &str); 4] = [
    ("durable/", "it is the door"),
    ("demo/", "it reads what it wrote itself, for one person"),
    (
        "pictures/src/confine.rs",
        "it tries whether it can, and must not be able to",
    ),
    (
        "production/src/spool.rs",
        "it reads what it wrote itself, in a directory of its own",
    ),
];

#[test]
fn no_file_is_read_but_through_the_doors() {
    let crates = workspace().join("crates");
    let (mut seen, mut wrong) = (0, Vec::new());
    for file in files_below(&crates) {
        let name = file
            .strip_prefix(&crates)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let of_tests = [
            "/tests/",
            "/tests.rs",
            "/testing",
            "_tests.rs",
            "/benches/",
            "/examples/",
            "/golden.rs",
        ];
        if !name.contains("/src/")
            || !name.ends_with(".rs")
            || of_tests.iter().any(|part| name.contains(part))
            || OTHERS.iter().any(|(other, _)| name.starts_with(other))
        {
            continue;
        }
        seen += 1;
        let text = fs::read_to_string(&file).unwrap();
        let found = without_limit(&text).into_iter();
        wrong.extend(found.map(|(number, line)| format!("{name}:{number}: {line}")));
    }
    assert!(seen > 200, "{seen} files");
    assert!(
        wrong.is_empty(),
        "use lagrum_durable::{{read, open_plain, read_settings, read_secret}}:\n{}",
        wrong.join("\n")
    );
}

/// The lines of a file outside of its tests that read without a limit, with their numbers.
fn without_limit(text: &str) -> Vec<(usize, &str)> {
    let code = without_tests(text);
    let is_part = |at: char| at.is_alphanumeric() || at == '_';
    let readers = code.iter().any(|(_, line)| {
        line.contains("io::prelude") || line.split(|at| !is_part(at)).any(|word| word == "BufRead")
    });
    code.into_iter()
        .filter(|(_, line)| {
            WITHOUT_LIMIT.iter().any(|call| line.contains(call))
                || readers && OF_READERS.iter().any(|call| line.contains(call))
        })
        .map(|(number, line)| (number, line.trim()))
        .collect()
}

/// The lines of a file that are not of a module for its tests, with their numbers.
fn without_tests(text: &str) -> Vec<(usize, &str)> {
    let (mut code, mut lines) = (Vec::new(), (1..).zip(text.lines()));
    let mut attributes: Vec<(usize, &str)> = Vec::new();
    while let Some((number, line)) = lines.next() {
        let begun = !attributes.is_empty();
        if line == "#[cfg(test)]"
            || begun && (line.starts_with('#') || line.starts_with([' ', ')']))
        {
            attributes.push((number, line));
        } else if begun && line.starts_with("mod ") && line.ends_with('{') {
            attributes.clear();
            lines.by_ref().find(|(_, line)| *line == "}");
        } else {
            code.append(&mut attributes);
            code.push((number, line));
        }
    }
    code.append(&mut attributes);
    code
}

#[test]
fn what_reads_without_a_limit_is_found_before_and_behind_the_tests_and_not_in_them() {
    let found = |text: &str| -> Vec<usize> {
        let lines = without_limit(text).into_iter();
        lines.map(|(number, _)| number).collect()
    };
    let buffered = "use std::io::{self, BufRead};\nfn f(r: impl BufRead) {\n    r.lines();\n    r.read_line(x);\n}\n";
    assert_eq!(found(buffered), [3, 4]);
    assert_eq!(
        found(&buffered.replace("BufRead", "prelude::*")),
        [] as [usize; 0]
    );
    assert_eq!(
        found("use std::io::prelude::*;\nfn f() {\n    r.lines();\n}\n"),
        [3]
    );
    // A text has lines, too, and what reads into a buffer has no such method by itself.
    assert_eq!(
        found("use std::io::BufReader;\nfn f() {\n    text.lines();\n}\n"),
        [] as [usize; 0]
    );
    for attributes in [
        "",
        "#[allow(dead_code)]\n",
        "#[allow(\n    dead_code,\n    reason = \"x\"\n)]\n",
    ] {
        let tests = format!("#[cfg(test)]\n{attributes}mod tests {{\n    fs::read(x);\n}}\n");
        assert_eq!(found(&tests), [] as [usize; 0], "{tests}");
        let behind = format!("{tests}fn f() {{\n    fs::read(x);\n}}\n");
        assert_eq!(found(&behind), [tests.lines().count() + 2], "{behind}");
    }
    assert_eq!(
        found("#[cfg(test)]\nuse x::y;\nfn f() {\n    fs::read(x);\n}\n"),
        [4]
    );
}
