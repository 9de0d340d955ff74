//! A recipient needs no Lagrum to read a package: `age` and `tar` are enough.

use std::fs;
use std::process::Command;

use crate::support::{Demo, ended, files_below, identities, lagrum, released, scratch};

#[test]
fn age_and_tar_open_a_package_to_the_same_bytes_as_lagrum() {
    if Command::new("age").arg("--version").output().is_err() {
        println!("SKIPPED: the program `age` is not there (Debian: apt-get install age)");
        return;
    }
    let demo = Demo::new();
    let identities = identities(&demo.dir);
    let (mut packages, mut files) = (0, 0);
    for one in released(&demo.dir) {
        let scratch = scratch();
        let at = |name: &str| scratch.path().join(name);
        let identity = &identities[one.mandate.recipient.key().unwrap().as_str()];
        ended(
            Command::new("age")
                .arg("-d")
                .arg("-i")
                .arg(identity)
                .arg("-o")
                .arg(at("plain.tar"))
                .arg(&one.package),
        )
        .ok();
        fs::create_dir(at("by-tar")).unwrap();
        ended(
            Command::new("tar")
                .arg("-x")
                .arg("-f")
                .arg(at("plain.tar"))
                .arg("-C")
                .arg(at("by-tar")),
        )
        .ok();
        let path = |name: &str| at(name).to_str().unwrap().to_owned();
        let arguments = [
            "open",
            one.package.to_str().unwrap(),
            "--identity",
            identity.to_str().unwrap(),
            "--to",
            &path("by-lagrum"),
            "--dir",
            demo.dir.to_str().unwrap(),
        ];
        lagrum(arguments).ok();
        let tree = |root: &str| -> Vec<_> {
            let root = at(root);
            let files = files_below(&root).into_iter();
            files
                .map(|file| {
                    let bytes = fs::read(&file).unwrap();
                    (file.strip_prefix(&root).unwrap().to_owned(), bytes)
                })
                .collect()
        };
        let by_lagrum = tree("by-lagrum");
        assert!(by_lagrum == tree("by-tar"), "{}: the two differ", one.stem);
        // What `tar` wrote can be checked afterwards.
        lagrum([
            "verify",
            &path("by-tar"),
            "--dir",
            demo.dir.to_str().unwrap(),
        ])
        .ok();
        packages += 1;
        files += by_lagrum.len();
    }
    assert!(
        packages >= 7 && files > 100,
        "{packages} packages, {files} files"
    );
}
