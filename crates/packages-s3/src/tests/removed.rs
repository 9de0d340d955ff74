//! What is removed is gone with all its versions, or it is said what is left.

use lagrum_packages::testing::{ciphertext, sealed};
use lagrum_packages::{Packages as _, PackagesError};
use serde_json::json;

use super::moto::Moto;
use super::{opened, place};

const AT: &str = "2026-01-15T12:00:00Z";

#[test]
fn all_versions_of_a_package_are_removed_and_nothing_of_another() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let packages = opened(place.path(), moto.port, "store", &moto.keeper);
    let (bytes, other) = (ciphertext(1, 1000), ciphertext(2, 1000));
    let (one, second) = (sealed(&bytes), sealed(&other));
    let key = format!("desk/{}", one.sha256);
    packages.keep(&one, 1000, &mut &bytes[..]).unwrap();
    packages.keep(&second, 1000, &mut &other[..]).unwrap();
    // Somebody wrote over it, removed it and wrote it again; and something begins as it does.
    moto.put("store", &key, b"another", AT);
    moto.remove("store", &key);
    moto.put("store", &key, &bytes, AT);
    moto.put("store", &format!("{key}.note"), b"somebody's", AT);
    moto.tell("begin", json!({"bucket": "store", "key": key}));
    let removed = packages.remove(&one).unwrap();
    assert_eq!((removed.removed, removed.not_known), (3, None));
    let lies = moto.all_of("store");
    assert!(!lies.contains(&format!("{key}\\\"")), "{lies}");
    assert!(lies.contains(&format!("{key}.note")) && packages.is_whole(&second, 1000).unwrap());
    assert_eq!(moto.tell("uploads", json!({"bucket": "store"})), 0);
}

#[test]
fn a_bucket_that_keeps_versions_where_nobody_said_so_has_not_removed_it() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let mut packages = opened(place.path(), moto.port, "store", &moto.keeper);
    packages.settings.versions = false;
    let bytes = ciphertext(1, 1000);
    let one = sealed(&bytes);
    packages.keep(&one, 1000, &mut &bytes[..]).unwrap();
    let left = packages.remove(&one).unwrap_err();
    let said = left.to_string();
    assert!(
        matches!(left, PackagesError::NotRemoved { .. }) && said.contains("versions = true"),
        "{said}"
    );
    let packages = opened(place.path(), moto.port, "store", &moto.keeper);
    assert_eq!(packages.remove(&one).unwrap().removed, 1);
    assert!(!moto.all_of("store").contains(&one.sha256.to_string()));
}

#[test]
fn what_the_storage_does_not_let_go_is_said_to_be_left() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let packages = opened(place.path(), moto.port, "store", &moto.keeper);
    let bytes = ciphertext(1, 1000);
    let one = sealed(&bytes);
    packages.keep(&one, 1000, &mut &bytes[..]).unwrap();
    let reads = opened(place.path(), moto.port, "store", &moto.reader);
    let left = reads.remove(&one).unwrap_err().to_string();
    assert!(
        left.contains("versions left: 1") && left.contains("AccessDenied"),
        "{left}"
    );
    assert!(packages.is_whole(&one, 1000).unwrap());
}

#[test]
fn uploads_that_a_process_left_are_ended_by_the_next_and_others_are_left_alone() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let packages = opened(place.path(), moto.port, "store", &moto.keeper);
    let (bytes, left) = (ciphertext(1, 1000), sealed(b"of a process that is gone"));
    // The storage says of each that it was begun in 2010.
    let key = format!("desk/{}", left.sha256);
    moto.tell("begin", json!({"bucket": "store", "key": key}));
    moto.tell(
        "begin",
        json!({"bucket": "store", "key": "desk/of-somebody"}),
    );
    moto.tell("begin", json!({"bucket": "store", "key": "elsewhere"}));
    packages
        .keep(&sealed(&bytes), 1000, &mut &bytes[..])
        .unwrap();
    assert_eq!(moto.tell("uploads", json!({"bucket": "store"})), 2);
}
