//! Keys of any bytes, objects without a date or in pieces, accounts that are not there, and what is refused at once.

use std::process::Command;

use lagrum_source::Source as _;
use serde_json::json;

use super::moto::Moto;
use super::{Taken, at, failed, january, opened, place, search, search_with, secret};

const IN: &str = "2026-01-15T12:00:00Z";
const OUT: &str = "2026-02-15T12:00:00Z";

#[test]
fn a_key_is_bytes_and_never_a_path() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let long = format!(
        "kvist.example/ann/{}",
        "k".repeat(1024 - "kvist.example/ann/".len())
    );
    let keys = [
        "kvist.example/ann/",
        "kvist.example/ann/a b",
        "kvist.example/ann/a+b",
        "kvist.example/ann/a%20b",
        "kvist.example/ann/%2F",
        "kvist.example/ann/../birk/b.txt",
        "kvist.example/ann/../../../etc/passwd",
        "kvist.example/ann//x",
        "kvist.example/ann/./x",
        "kvist.example/ann//",
        "kvist.example/ann/🦐 räka.jpg",
        "kvist.example/ann/&<>\"'?#=;:@!$*()[]{}|\\^`~",
        "kvist.example/ann/a\u{202e}gpj.exe",
        &long,
    ];
    for (number, key) in keys.iter().enumerate() {
        for bucket in ["store", "plain"] {
            moto.put(bucket, key, format!("{number}").as_bytes(), IN);
        }
    }
    for other in [
        "kvist.example/birk/b.txt",
        "/kvist.example/ann/x",
        "kvist.example/anna/x",
        "kvist.example/ann",
        "Kvist.example/ann/x",
    ] {
        moto.put("store", other, b"another's", IN);
        moto.put("plain", other, b"another's", IN);
    }
    for (bucket, versions) in [
        ("store", true),
        ("store", false),
        ("plain", true),
        ("plain", false),
    ] {
        let source = at(
            &moto,
            moto.port,
            &format!("bucket = \"{bucket}\"\nversions = {versions}"),
        );
        let (counts, taken) = search(&source, "ann@kvist.example").unwrap().unwrap();
        assert_eq!(counts.selected as usize, keys.len(), "{bucket} {versions}");
        for (number, key) in keys.iter().enumerate() {
            let name = key.replace('%', "%25").replace('\u{202e}', "%E2%80%AE");
            let of_name = taken.items.values().filter(|(told, ..)| *told == name);
            let bytes: Vec<_> = of_name.map(|(.., bytes)| bytes.clone()).collect();
            assert_eq!(
                bytes,
                [format!("{number}").into_bytes()],
                "{bucket} {versions} {key}"
            );
        }
    }
}

#[test]
fn what_has_no_certain_date_goes_to_a_person_with_its_bytes() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let put = |key: &str, date: &str, taken: serde_json::Value| {
        moto.put_with(
            "store",
            &format!("kvist.example/ann/{key}"),
            key.as_bytes(),
            date,
            &taken,
        )
    };
    put("in", OUT, json!({"taken": "2026-01-01T01:00:00+01:00"}));
    put("out", IN, json!({"taken": "2026-02-01T00:00:00Z"}));
    put("none", IN, json!({}));
    put("odd", IN, json!({"taken": "yesterday"}));
    put("lost", IN, json!({"taken": "1970-01-01T00:00:00Z"}));
    let plain = "date = \"metadata:x-amz-meta-taken\"";
    let source = at(&moto, moto.port, plain);
    let (counts, taken) = search(&source, "ann@kvist.example").unwrap().unwrap();
    assert_eq!(counts.examined, 5);
    let names: Vec<_> = taken
        .items
        .values()
        .map(|(name, ..)| name.as_str())
        .collect();
    assert_eq!(names, ["kvist.example/ann/in"]);
    let reviews: Vec<_> = taken.reviews.iter().collect();
    let locators: Vec<_> = reviews
        .iter()
        .map(|(locator, _)| locator.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        locators,
        [
            "kvist.example/ann/lost",
            "kvist.example/ann/none",
            "kvist.example/ann/odd"
        ]
    );
    for (place, why) in ["is lost", "no date", "cannot be read"]
        .into_iter()
        .enumerate()
    {
        let (told, bytes) = reviews[place].1;
        assert!(told.contains(why), "{told}");
        assert_eq!(
            bytes.as_deref(),
            locators[place].rsplit('/').next().map(str::as_bytes)
        );
    }
    // The storage's own date decides where nothing else is said.
    let source = at(&moto, moto.port, "versions = false");
    let (_, taken) = search(&source, "ann@kvist.example").unwrap().unwrap();
    assert_eq!(taken.items.len(), 4);
}

#[test]
fn an_object_put_in_pieces_an_empty_one_and_one_of_megabytes_arrive_whole() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let large: Vec<u8> = (0..6_000_000_u32).map(|n| ((n * 31) >> 3) as u8).collect();
    moto.pieces("store", "kvist.example/ann/pieces", &[&large, b"end"], IN);
    moto.put("store", "kvist.example/ann/empty", b"", IN);
    moto.put("store", "kvist.example/ann/large", &large, IN);
    let source = at(&moto, moto.port, "versions = false");
    let (counts, taken) = search(&source, "ann@kvist.example").unwrap().unwrap();
    let of = |name: &str| &taken.items[&format!("kvist.example/ann/{name}")].2;
    assert!(of("empty").is_empty());
    assert!(*of("large") == large);
    assert!(*of("pieces") == [&large[..], b"end"].concat());
    assert_eq!(counts.bytes, 2 * large.len() as u64 + 3);
}

#[test]
fn an_account_without_an_object_is_not_there_and_one_of_another_domain_neither() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    moto.put("store", "ann/x", b"x", IN);
    moto.put("store", "birk/x", b"x", OUT);
    moto.put("store", "gone/x", b"x", OUT);
    moto.remove("store", "gone/x");
    let source = at(
        &moto,
        moto.port,
        "prefix = \"%n/\"\ndomain = \"kvist.example\"",
    );
    assert_eq!(
        search(&source, "ann@kvist.example")
            .unwrap()
            .unwrap()
            .0
            .selected,
        1
    );
    assert_eq!(
        search(&source, "birk@kvist.example")
            .unwrap()
            .unwrap()
            .0
            .selected,
        0
    );
    assert_eq!(
        search(&source, "gone@kvist.example")
            .unwrap()
            .unwrap()
            .0
            .removed,
        1
    );
    for nobody in ["alm@kvist.example", "ann@other.example"] {
        assert!(search(&source, nobody).unwrap().is_none(), "{nobody}");
    }
}

#[test]
fn what_the_operator_writes_wrong_is_named_by_its_field() {
    let key = ("reader".to_owned(), "secret".to_owned());
    let https = "endpoint = \"https://s3.example\"";
    assert!(opened(&key, https).is_ok());
    for (more, field) in [
        ("endpoint = \"http://s3.example\"", "endpoint"),
        ("endpoint = \"https://a:b@s3.example\"", "endpoint"),
        ("endpoint = \"https://s3.example/?a=b\"", "endpoint"),
        (
            "endpoint = \"https://s3.example\"\nbucket = \"a/b\"",
            "bucket",
        ),
        (
            "endpoint = \"https://s3.example\"\nbucket = \"..\"",
            "bucket",
        ),
        ("endpoint = \"https://s3.example\"\nregion = \"\"", "region"),
        (
            "endpoint = \"https://s3.example\"\nprefix = \"%d/%n\"",
            "prefix",
        ),
        (
            "endpoint = \"https://s3.example\"\nprefix = \"%n/\"",
            "domain",
        ),
        (
            "endpoint = \"https://s3.example\"\ndate = \"header\"",
            "date",
        ),
        (
            "endpoint = \"https://s3.example\"\ndate_format = \"rfc3339\"",
            "date_format",
        ),
        (
            "endpoint = \"https://s3.example\"\nstyle = \"dns\"",
            "style",
        ),
        (
            "endpoint = \"https://s3.example\"\nanonymous = true",
            "anonymous",
        ),
        (
            "endpoint = \"https://s3.example\"\ncertificates = \"none.pem\"",
            "certificates",
        ),
    ] {
        let refused = opened(&key, more).err().unwrap();
        assert_eq!(refused.class(), "configuration", "{more}");
        assert!(
            refused.to_string().contains(&format!("field `{field}`")),
            "{more}: {refused}"
        );
    }
    let empty = opened(&("reader".to_owned(), String::new()), https);
    assert!(empty.err().unwrap().to_string().contains("secret_file"));
}

#[test]
fn requests_name_the_bucket_in_the_path_or_in_the_host() {
    let key = ("reader".to_owned(), "secret".to_owned());
    for (more, connect, host, path) in [
        (
            "endpoint = \"https://s3.example\"",
            "s3.example",
            "s3.example",
            "/store/",
        ),
        (
            "endpoint = \"https://s3.example:9000/v1/s3/\"",
            "s3.example",
            "s3.example:9000",
            "/v1/s3/store/",
        ),
        (
            "endpoint = \"https://s3.example:9000\"\nstyle = \"virtual-host\"",
            "store.s3.example",
            "store.s3.example:9000",
            "/",
        ),
        // Without TLS to this machine alone, whatever the name says.
        (
            "endpoint = \"http://localhost:9000\"\nstyle = \"virtual-host\"",
            "localhost",
            "store.localhost:9000",
            "/",
        ),
    ] {
        let bucket = opened(&key, more).unwrap().bucket;
        let found = (
            bucket.connect.as_str(),
            bucket.host.as_str(),
            bucket.path.as_str(),
        );
        assert_eq!(found, (connect, host, path));
    }
}

/// A certificate of a server, which vouches for itself alone.
fn certificate(here: &std::path::Path) -> (std::path::PathBuf, std::path::PathBuf) {
    let (about, key, certificate) = (
        here.join("req.conf"),
        here.join("key.pem"),
        here.join("cert.pem"),
    );
    let said = "[req]\nprompt = no\ndistinguished_name = dn\nx509_extensions = own\n[dn]\nCN = localhost\n[own]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:localhost\n";
    std::fs::write(&about, said).unwrap();
    let mut make = Command::new("openssl");
    make.args([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config",
    ]);
    make.arg(&about)
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate);
    let made = make.output().unwrap();
    assert!(made.status.success(), "{made:?}");
    (certificate, key)
}

#[test]
fn storage_elsewhere_proves_its_name_first() {
    let here = place();
    let (certificate, key) = certificate(here.path());
    let Some(moto) = Moto::start(Some((&certificate, &key))) else {
        return;
    };
    moto.put("store", "kvist.example/ann/x", b"x", IN);
    secret(
        &certificate,
        &std::fs::read_to_string(&certificate).unwrap(),
    );
    let port = moto.secure.unwrap();
    let of = |host: &str, more: &str| {
        opened(
            &moto.reader,
            &format!("endpoint = \"https://{host}:{port}\"\n{more}"),
        )
        .unwrap()
    };
    let trusted = format!("certificates = {certificate:?}");
    let source = of("localhost", &trusted);
    source.probe().unwrap();
    let mut taken = Taken::default();
    search_with(&source, "ann@kvist.example", &january(), &mut taken).unwrap();
    assert_eq!(taken.items.len(), 1);
    for source in [of("localhost", ""), of("127.0.0.1", &trusted)] {
        let error = failed(&source, "ann@kvist.example");
        assert!(error.to_string().contains("certificate"), "{error}");
        assert!(!error.retryable());
    }
}
