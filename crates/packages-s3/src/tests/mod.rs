//! Against storage that runs; over a wire that does as it likes.
#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod faults;
#[path = "../../../source-s3/src/tests/moto.rs"]
mod moto;
#[path = "../../../source-s3/src/tests/proxy.rs"]
mod proxy;
mod removed;
#[path = "../../../source-s3/src/tests/rover_server.rs"]
mod rover_server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use lagrum_packages::testing::{all, ciphertext, sealed};
use lagrum_packages::{Packages, S3Settings, Style};
use moto::Moto;
use rover_server::Rover;

use crate::S3Packages;

/// The least that the storage takes for a part that is not the last.
const PART: usize = 5 << 20;

/// A bucket for packages, whose secret lies in `place`.
fn opened(place: &Path, port: u16, bucket: &str, key: &(String, String)) -> S3Packages {
    let secret_file = place.join("s3.secret");
    lagrum_durable::remove(&secret_file).unwrap();
    lagrum_durable::private_file(&secret_file, key.1.as_bytes()).unwrap();
    let settings = S3Settings {
        endpoint: format!("http://127.0.0.1:{port}"),
        region: "eu-north-1".into(),
        bucket: bucket.into(),
        style: Style::Path,
        access_key: key.0.clone(),
        secret_file,
        certificates: None,
        prefix: "desk/".into(),
        versions: true,
    };
    let mut packages = S3Packages::new(settings, place.join("packages"));
    packages.patience.pause = Duration::from_millis(1);
    packages.part = PART;
    packages
}

fn place() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_bucket_is_a_place_for_packages_whether_it_keeps_versions_or_not() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    for (bucket, length) in [("store", 6 << 20), ("plain", 1 << 18)] {
        let place = place();
        let open = || -> Box<dyn Packages> {
            Box::new(opened(place.path(), moto.port, bucket, &moto.keeper))
        };
        all(&open, length, place.path());
        assert_eq!(
            moto.tell("uploads", serde_json::json!({ "bucket": bucket })),
            0
        );
        // A key is the digest of ciphertext, below the prefix, and nothing else.
        let lies = moto.all_of(bucket);
        let keys = lies.split("\\\"Key\\\": \\\"").skip(1);
        let mut count = 0;
        for key in keys.filter_map(|rest| rest.split('\\').next()) {
            let digest = key.strip_prefix("desk/").unwrap();
            assert!(digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()));
            count += 1;
        }
        assert!(count > 3, "{lies}");
    }
}

#[test]
fn storage_without_versions_and_without_conditions_is_a_place_for_packages() {
    let Some(rover) = Rover::any() else {
        return;
    };
    let place = place();
    let key = ("S3RVER".to_owned(), "S3RVER".to_owned());
    let open = || {
        let mut packages = opened(place.path(), rover.port, "store", &key);
        packages.settings.versions = false;
        packages
    };
    all(
        &|| Box::new(open()) as Box<dyn Packages>,
        6 << 20,
        place.path(),
    );
    // It lets anybody read, does not tell of uploads, and cannot end one: that is said.
    let looked = open().look().unwrap();
    let faults = looked.faults.join("\n");
    assert!(faults.contains("without a key"), "{looked:?}");
    assert!(
        faults.contains("to end an upload (MethodNotAllowed)"),
        "{looked:?}"
    );
    assert!(looked.not_known[0].contains("versions"), "{looked:?}");
    let one = sealed(&ciphertext(4, 6 << 20));
    let removed = open().remove(&one).unwrap();
    assert!(removed.removed == 1 && removed.not_known.is_some());
}

#[test]
fn what_lay_in_the_directory_before_is_still_handed_over() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let packages = opened(place.path(), moto.port, "store", &moto.keeper);
    let bytes = ciphertext(1, 1000);
    let one = sealed(&bytes);
    packages.before.keep(&one, 1000, &mut &bytes[..]).unwrap();
    assert!(packages.is_whole(&one, 1000).unwrap());
    assert_eq!(packages.length(&one).unwrap(), Some(1000));
    let to = place.path().join("to");
    packages.hand_over(&one, &to, &mut || Ok(())).unwrap();
    packages.hand_over(&one, &to, &mut || Ok(())).unwrap();
    assert_eq!(std::fs::read(to).unwrap(), bytes);
    assert!(!moto.all_of("store").contains("desk/"));
}

#[test]
fn how_the_bucket_stands_is_said() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let look = |bucket: &str, key: &(String, String), versions: bool| {
        let mut packages = opened(place.path(), moto.port, bucket, key);
        packages.settings.versions = versions;
        packages.look().unwrap()
    };
    for (bucket, versions) in [("store", true), ("plain", true), ("plain", false)] {
        let looked = look(bucket, &moto.keeper, versions);
        // Who is nobody makes this storage fail, so that it is not known what anybody may.
        assert_eq!(looked.faults, [] as [String; 0]);
        assert_eq!(looked.not_known.len(), 1, "{looked:?}");
        assert!(looked.not_known[0].contains("whether anybody may read"));
        assert!(looked.place.ends_with(&format!("{bucket} desk/")));
    }
    let wrong = (moto.keeper.0.clone(), "guessed".to_owned());
    for (bucket, key, versions, says) in [
        ("store", &moto.keeper, false, "versions = true"),
        (
            "store",
            &moto.reader,
            true,
            "to begin an upload (AccessDenied)",
        ),
        ("store", &moto.other, true, "AccessDenied"),
        ("store", &wrong, true, "SignatureDoesNotMatch"),
        ("missing", &moto.keeper, true, "no such bucket"),
    ] {
        let looked = look(bucket, key, versions);
        assert!(
            looked.faults.join("\n").contains(says),
            "{says}: {looked:?}"
        );
    }
    // Nothing was left by looking.
    assert!(!moto.all_of("store").contains("desk/"));
    assert_eq!(
        moto.tell("uploads", serde_json::json!({"bucket": "store"})),
        0
    );
    // Nobody answers there.
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let looked = opened(place.path(), nobody, "store", &moto.keeper).look();
    assert!(looked.unwrap().faults[0].contains("cannot be reached"));
}

#[test]
fn what_is_written_wrong_is_named_by_its_field_and_stops_nothing_before_it_is_used() {
    let place = place();
    let key = ("AKIA".to_owned(), "secret".to_owned());
    let with = |change: &dyn Fn(&mut S3Settings)| {
        let mut packages = opened(place.path(), 9, "store", &key);
        change(&mut packages.settings);
        let one = sealed(b"x");
        packages.is_whole(&one, 1).unwrap_err().to_string()
    };
    for (change, says) in [
        (
            &(|s: &mut S3Settings| s.endpoint = "http://storage.example".into())
                as &dyn Fn(&mut S3Settings),
            "[packages_s3] endpoint: ",
        ),
        (&|s| s.bucket = "a/b".into(), "[packages_s3] bucket: "),
        (&|s| s.prefix = "desk".into(), "[packages_s3] prefix: "),
        (&|s| s.prefix = "/desk/".into(), "[packages_s3] prefix: "),
        (&|s| s.prefix = "räka/".into(), "[packages_s3] prefix: "),
        (
            &|s| s.access_key = String::new(),
            "[packages_s3] access_key: ",
        ),
        (
            &|s| s.secret_file = PathBuf::from("/nowhere/secret"),
            "[packages_s3] secret_file: ",
        ),
    ] {
        let said = with(change);
        assert!(said.contains(says), "{says}: {said}");
        assert!(!said.contains("secret\n"));
    }
    // A secret that others can read is none.
    let open = opened(place.path(), 9, "store", &key);
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(place.path().join("s3.secret"), mode).unwrap();
    let said = open.is_whole(&sealed(b"x"), 1).unwrap_err().to_string();
    assert!(said.contains("secret_file"), "{said}");
}
