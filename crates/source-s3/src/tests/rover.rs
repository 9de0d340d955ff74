//! The same of a second storage.

use std::collections::BTreeSet;
use std::sync::Arc;

use lagrum_source::Source as _;

use super::rover_server::Rover;
use super::{failed, opened, search};

#[test]
fn another_storage_is_read_as_the_first_is() {
    let Some(rover) = Rover::any() else {
        return;
    };
    let from = 1_767_225_600;
    let until = from + 31 * 86_400;
    let mut truth = BTreeSet::new();
    for number in 0..30 {
        let key = format!("kvist.example/ann/{} {number:02}+ö.txt", number % 3);
        let (second, inside) = [
            (from, true),
            (from - 1, false),
            (until - 1, true),
            (until, false),
        ][number % 4];
        let bytes = format!("{number}").repeat(number * 99).into_bytes();
        rover.put(&key, &bytes, second);
        if inside {
            truth.insert((key, bytes));
        }
    }
    rover.put("kvist.example/anna/x", b"another's", from);
    let key = ("S3RVER".to_owned(), "S3RVER".to_owned());
    let endpoint = format!("endpoint = \"http://127.0.0.1:{}\"", rover.port);
    let mut source = opened(&key, &format!("{endpoint}\nversions = false")).unwrap();
    // Its marks of pages need a cipher (DES) that Node has no more.
    Arc::get_mut(&mut source.bucket).unwrap().page = 1000;
    source.probe().unwrap();
    let (counts, taken) = search(&source, "ann@kvist.example").unwrap().unwrap();
    assert_eq!(counts.examined, 30);
    let found = taken.items.into_values().map(|(name, kind, bytes)| {
        assert_eq!(kind, "text/plain");
        (name, bytes)
    });
    assert_eq!(found.collect::<BTreeSet<_>>(), truth);
    // It keeps no versions: where they are asked for, nothing is taken for all of them.
    let versions = opened(&key, &endpoint).unwrap();
    let error = failed(&versions, "ann@kvist.example");
    assert!(!error.retryable());
    assert!(error.to_string().contains("`versions = false`"), "{error}");
    let unknown = ("AKIAUNKNOWN".to_owned(), "guessed".to_owned());
    let unknown = opened(&unknown, &format!("{endpoint}\nversions = false")).unwrap();
    let error = failed(&unknown, "ann@kvist.example");
    assert!(
        error.class() == "denied" && error.to_string().contains("InvalidAccessKeyId"),
        "{error}"
    );
}
