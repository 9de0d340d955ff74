//! Files are read through the doors of `lagrum-durable`, and through nothing else.

use std::fs;

use crate::rooms::workspace;
use crate::support::files_below;

/// What reads a file whatever it is, whoever can change it, and however long it is.
const WITHOUT_LIMIT: [&str; 4] = [
    "fs::read(",
    "fs::read_to_string(",
    "File::open(",
    "BufRead::lines(",
];

/// Where files are read in another way, and why.
const OTHERS: [(&str, &str); 3] = [
    ("durable/", "it is the door"),
    ("demo/", "it reads what it wrote itself, for one person"),
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
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for (number, line) in (1..).zip(code.lines()) {
            if WITHOUT_LIMIT.iter().any(|call| line.contains(call)) {
                wrong.push(format!("{name}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(seen > 200, "{seen} files");
    assert!(
        wrong.is_empty(),
        "use lagrum_durable::{{read, open_plain, read_settings, read_secret}}:\n{}",
        wrong.join("\n")
    );
}
