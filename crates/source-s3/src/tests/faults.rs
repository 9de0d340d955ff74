//! What may go wrong on the way and at the storage: each makes the search whole or an error, and never a smaller result.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lagrum_source::{Source as _, SourceError};
use serde_json::json;

use super::moto::Moto;
use super::proxy::{Deed, Wire, refusal};
use super::{at, failed, opened, search};

const IN: &str = "2026-01-15T12:00:00Z";
const ANN: &str = "ann@kvist.example";

/// Storage with twenty objects of an account, ten of them in two versions.
fn filled() -> Option<Arc<Moto>> {
    let moto = Moto::start(None)?;
    for number in 0..20 {
        let key = format!("kvist.example/ann/{number:02}");
        moto.put("store", &key, format!("first {number}").as_bytes(), IN);
        if number % 2 == 0 {
            moto.put(
                "store",
                &key,
                format!("second {number}").as_bytes(),
                "2026-01-16T12:00:00Z",
            );
        }
    }
    Some(Arc::new(moto))
}

fn lists(line: &str) -> bool {
    line.contains("prefix=")
}

fn gives(line: &str) -> bool {
    line.starts_with("GET /store/kvist")
}

/// The source behind a wire on which this happens.
fn behind(
    moto: &Moto,
    more: &str,
    deeds: impl Fn(&str, usize) -> Deed + Send + Sync + 'static,
) -> (Wire, crate::source::S3) {
    let wire = Wire::to(moto.port, Box::new(deeds));
    let source = at(moto, wire.port, more);
    (wire, source)
}

#[test]
fn storage_that_has_no_time_is_asked_again_a_few_times_and_then_it_is_an_error_to_try_again_later()
{
    let Some(moto) = filled() else {
        return;
    };
    for (status, code) in [
        ("503 Slow Down", "SlowDown"),
        ("500 Internal", "InternalError"),
        ("429 Too Many", "TooManyRequests"),
    ] {
        let busy = AtomicUsize::new(0);
        let (_wire, source) = behind(&moto, "", move |line, _| {
            // Each second and third time that something is asked.
            match (lists(line) || gives(line)) && busy.fetch_add(1, Ordering::Relaxed) % 3 < 2 {
                true => refusal(status, code),
                false => Deed::Pass,
            }
        });
        let (counts, _) = search(&source, ANN).unwrap().unwrap();
        assert_eq!(counts.selected, 30);
        for what in [lists, gives] {
            let (wire, source) = behind(&moto, "", move |line, _| match what(line) {
                true => refusal(status, code),
                false => Deed::Pass,
            });
            let error = failed(&source, ANN);
            assert!(
                error.class() == "unreachable" && error.retryable(),
                "{error}"
            );
            let text = error.to_string();
            assert!(
                text.contains(code) && text.contains("tries made: 6") && text.contains("try again"),
                "{text}"
            );
            assert_eq!(wire.asked().iter().filter(|line| what(line)).count(), 6);
        }
    }
    // Also before anything was signed.
    let (_wire, source) = behind(&moto, "", |_, number| match number {
        0 | 1 => refusal("503 Slow Down", "SlowDown"),
        _ => Deed::Pass,
    });
    assert_eq!(search(&source, ANN).unwrap().unwrap().0.selected, 30);
}

#[test]
fn wherever_the_wire_is_cut_the_search_is_whole_or_fails() {
    let Some(moto) = filled() else {
        return;
    };
    // Once, in the middle of each kind of answer: it is asked again.
    for what in [lists, gives] {
        let left = AtomicUsize::new(3);
        let (_wire, source) = behind(&moto, "", move |line, _| {
            let cut = what(line)
                && left
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                        left.checked_sub(1)
                    })
                    .is_ok();
            match cut {
                true => Deed::Cut(4),
                false => Deed::Pass,
            }
        });
        assert_eq!(search(&source, ANN).unwrap().unwrap().0.selected, 30);
        let (_wire, source) = behind(&moto, "", move |line, _| match what(line) {
            true => Deed::Cut(4),
            false => Deed::Pass,
        });
        let error = failed(&source, ANN);
        assert!(
            error.class() == "unreachable" && error.retryable(),
            "{error}"
        );
    }
    let away = at(&moto, 1, "");
    for error in [failed(&away, ANN), away.probe().unwrap_err()] {
        assert!(
            error.class() == "unreachable" && error.retryable(),
            "{error}"
        );
    }
}

/// What a wire makes of answers to requests of one kind, and what is said of it.
type Made = (
    &'static str,
    fn(&str) -> bool,
    fn(String) -> String,
    &'static str,
    &'static str,
);

#[test]
fn an_answer_that_is_not_what_was_asked_for_fails_the_search() {
    let Some(moto) = filled() else {
        return;
    };
    let cases: &[Made] = &[
        ("", gives, other_bytes, "damaged", "checksum"),
        (
            "",
            gives,
            |answer| other_bytes(without_checksum(answer)),
            "damaged",
            "checksum",
        ),
        (
            "etag = \"opaque\"",
            gives,
            other_bytes,
            "damaged",
            "checksum",
        ),
        (
            "etag = \"opaque\"",
            gives,
            |answer| other_bytes(without_checksum(answer)),
            "",
            "",
        ),
        (
            "",
            gives,
            |answer| small(&answer).replace("etag: \"", "etag: \"0"),
            "changed",
            "another",
        ),
        (
            "",
            gives,
            |answer| small(&answer).replace("x-amz-version-id: ", "x-amz-version-id: 0"),
            "damaged",
            "version that was not",
        ),
        (
            "",
            lists,
            |answer| answer.replace("<Key>kvist.example/ann/", "<Key>kvist.example/anx/"),
            "damaged",
            "prefix",
        ),
        (
            "",
            lists,
            |answer| answer.replace("<Prefix>kvist.example/ann/", "<Prefix>kvist.example/"),
            "damaged",
            "another question",
        ),
        (
            "",
            lists,
            |answer| answer.replace("<Name>store", "<Name>stora"),
            "damaged",
            "another bucket",
        ),
        (
            "",
            lists,
            |answer| answer.replace("<IsTruncated>true</IsTruncated>", ""),
            "damaged",
            "the last",
        ),
        (
            "",
            lists,
            |answer| answer.replace("<Size>", "<Size>1"),
            "damaged",
            "another length",
        ),
        (
            "",
            lists,
            |answer| answer.replace("<ListVersionsResult", "<!DOCTYPE a []><ListVersionsResult"),
            "damaged",
            "declarations",
        ),
    ];
    for (more, what, change, class, says) in cases {
        let (what, change) = (*what, *change);
        let (_wire, source) = behind(&moto, more, move |line, _| match what(line) {
            // As long as it was, or as it says now.
            true => Deed::Changed(Box::new(move |answer| with_length(&change(answer)))),
            false => Deed::Pass,
        });
        if class.is_empty() {
            // Nothing says that these bytes are wrong.
            assert_eq!(search(&source, ANN).unwrap().unwrap().0.selected, 30);
            continue;
        }
        let error = failed(&source, ANN);
        assert_eq!(error.class(), *class, "{says}: {error}");
        assert!(error.to_string().contains(says), "{says}: {error}");
    }
}

/// The same with headers in small letters.
fn small(answer: &str) -> String {
    answer.to_lowercase().replace("http/", "HTTP/")
}

/// Bytes other than the storage's, as many.
fn other_bytes(answer: String) -> String {
    answer.replace("first", "forst").replace("second", "sekond")
}

/// An answer of which the ETag alone says what its bytes are.
fn without_checksum(answer: String) -> String {
    answer.replace("x-amz-checksum", "x-amz-other")
}

/// An answer that says how long its body is.
fn with_length(answer: &str) -> String {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let lines = head.lines().map(
        |line| match line.to_lowercase().starts_with("content-length:") {
            true => format!("Content-Length: {}", body.len()),
            false => line.to_owned(),
        },
    );
    format!("{}\r\n\r\n{body}", lines.collect::<Vec<_>>().join("\r\n"))
}

#[test]
fn a_page_that_comes_twice_or_is_left_out_is_no_smaller_result() {
    let Some(moto) = filled() else {
        return;
    };
    for versions in [true, false] {
        let more = format!("versions = {versions}");
        // The first page again and again.
        let first: Arc<std::sync::Mutex<Option<String>>> = Arc::default();
        let (_wire, source) = behind(&moto, &more, move |line, _| match lists(line) {
            true => {
                let first = Arc::clone(&first);
                Deed::Changed(Box::new(move |answer| {
                    first.lock().unwrap().get_or_insert(answer).clone()
                }))
            }
            false => Deed::Pass,
        });
        let error = failed(&source, ANN);
        assert_eq!(error.class(), "damaged", "{error}");
        // A page that says it is the last, once: the second listing does not agree, the third does.
        let shortened = AtomicUsize::new(0);
        let (_wire, source) = behind(&moto, &more, move |line, _| {
            match lists(line) && shortened.fetch_add(1, Ordering::Relaxed) == 0 {
                true => Deed::Changed(Box::new(|answer| {
                    with_length(&answer.replace("<IsTruncated>true", "<IsTruncated>false"))
                })),
                false => Deed::Pass,
            }
        });
        let expected = if versions { 30 } else { 20 };
        assert_eq!(search(&source, ANN).unwrap().unwrap().0.selected, expected);
    }
}

#[test]
fn an_object_that_changes_or_goes_meanwhile_is_an_error_and_never_something_else() {
    for (versions, what) in [
        (false, "put"),
        (false, "remove"),
        (true, "remove"),
        (true, "put"),
    ] {
        let Some(moto) = filled() else {
            return;
        };
        let (told, at_server) = (AtomicUsize::new(0), Arc::clone(&moto));
        let (_wire, source) = behind(&moto, &format!("versions = {versions}"), move |line, _| {
            if gives(line) && told.fetch_add(1, Ordering::Relaxed) == 2 {
                let key = "kvist.example/ann/19";
                match (what, versions) {
                    ("put", _) => {
                        at_server.put("store", key, b"third", IN);
                    }
                    (_, false) => at_server.remove("store", key),
                    // The version itself, so that nothing is left of it.
                    _ => {
                        let all: serde_json::Value = serde_json::from_str(
                            at_server
                                .tell("all_of", json!({"bucket": "store"}))
                                .as_str()
                                .unwrap(),
                        )
                        .unwrap();
                        let own = all[0]
                            .as_array()
                            .unwrap()
                            .iter()
                            .find(|one| one["Key"] == key)
                            .unwrap()
                            .clone();
                        at_server.tell(
                            "remove",
                            json!({"bucket": "store", "key": key, "version": own["VersionId"]}),
                        );
                    }
                }
            }
            Deed::Pass
        });
        match (versions, what) {
            // A version stays what it is, whatever is put above it.
            (true, "put") => assert_eq!(search(&source, ANN).unwrap().unwrap().0.selected, 30),
            _ => {
                let error = failed(&source, ANN);
                assert!(
                    error.class() == "changed" && error.retryable(),
                    "{versions} {what}: {error}"
                );
                assert!(
                    error.to_string().contains("kvist.example/ann/19"),
                    "{error}"
                );
            }
        }
    }
}

#[test]
fn objects_that_come_and_go_all_the_time_are_an_error() {
    let Some(moto) = filled() else {
        return;
    };
    let at_server = Arc::clone(&moto);
    let (_wire, source) = behind(&moto, "", move |line, number| {
        if lists(line) && !line.contains("marker") {
            at_server.put(
                "store",
                &format!("kvist.example/ann/new {number}"),
                b"x",
                IN,
            );
        }
        Deed::Pass
    });
    let error = failed(&source, ANN);
    assert!(
        error.class() == "changed" && error.to_string().contains("no two listings agree"),
        "{error}"
    );
}

#[test]
fn who_is_not_let_in_is_told_why_and_no_key_is_told() {
    let Some(moto) = filled() else {
        return;
    };
    let endpoint = format!("endpoint = \"http://127.0.0.1:{}\"", moto.port);
    let wrong = (moto.reader.0.clone(), "guessed".to_owned());
    let unknown = ("AKIAUNKNOWN".to_owned(), "guessed".to_owned());
    let denied = |error: SourceError, code: &str| {
        assert_eq!(error.class(), "denied", "{error}");
        let text = error.to_string();
        assert!(text.contains(code) && !error.retryable(), "{text}");
        for secret in [
            "guessed",
            &moto.reader.0,
            &moto.reader.1,
            &moto.other.0,
            &moto.other.1,
            "AKIA",
            "told",
        ] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    };
    for (key, code) in [
        (&wrong, "SignatureDoesNotMatch"),
        (&unknown, "InvalidAccessKeyId"),
        (&moto.other, "AccessDenied"),
    ] {
        let source = opened(key, &endpoint).unwrap();
        denied(failed(&source, ANN), code);
        denied(source.probe().unwrap_err(), code);
    }
    at(&moto, moto.port, "").probe().unwrap();
    for (status, code, field) in [
        ("301 Moved", "PermanentRedirect", "region"),
        ("400 Bad", "AuthorizationHeaderMalformed", "region"),
    ] {
        let (_wire, source) = behind(&moto, "", move |line, _| match lists(line) {
            true => refusal(status, code),
            false => Deed::Pass,
        });
        let error = failed(&source, ANN);
        assert!(
            error.to_string().contains(&format!("field `{field}`")),
            "{error}"
        );
    }
    for (status, code) in [
        ("403 No", "RequestTimeTooSkewed"),
        ("403 No", "InvalidObjectState"),
        ("501 No", "NotImplemented"),
    ] {
        let (_wire, source) = behind(&moto, "", move |line, _| match lists(line) {
            true => refusal(status, code),
            false => Deed::Pass,
        });
        denied(failed(&source, ANN), code);
    }
    let missing = at(&moto, moto.port, "bucket = \"missing\"");
    let error = failed(&missing, ANN);
    assert!(
        error.class() == "configuration" && error.to_string().contains("field `bucket`"),
        "{error}"
    );
}

#[test]
fn requests_are_signed_with_the_storages_own_clock() {
    let Some(moto) = filled() else {
        return;
    };
    // The run's clock is months away from the storage's, as `run` sets it: it takes no part.
    let (wire, source) = behind(&moto, "", |_, _| Deed::Pass);
    assert!(search(&source, ANN).unwrap().is_some());
    let asked = wire.asked();
    assert_eq!(
        asked.first().map(String::as_str),
        Some("HEAD /store HTTP/1.1")
    );
    assert_eq!(
        asked.iter().filter(|line| line.starts_with("HEAD")).count(),
        1
    );
    // One that never says what time it is.
    let (_wire, source) = behind(&moto, "", |_, _| {
        let never = "HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        Deed::Answer(never.into())
    });
    let error = failed(&source, ANN);
    assert!(error.to_string().contains("when it was given"), "{error}");
}

#[test]
fn an_object_too_long_to_be_read_is_named_and_the_search_is_not_complete() {
    let Some(moto) = filled() else {
        return;
    };
    moto.put("store", "kvist.example/ann/long", &[b'x'; 4321], IN);
    let (wire, source) = behind(&moto, "", |line, _| match lists(line) {
        true => Deed::Changed(Box::new(|answer| {
            let length = format!("<Size>{}</Size>", (64_u64 << 30) + 1);
            with_length(&answer.replace("<Size>4321</Size>", &length))
        })),
        false => Deed::Pass,
    });
    let (counts, taken) = search(&source, ANN).unwrap().unwrap();
    assert_eq!(
        (counts.selected, counts.for_review, counts.unreadable),
        (30, 1, 1)
    );
    let (locator, (why, bytes)) = taken.reviews.first_key_value().unwrap();
    assert!(
        locator.contains("long") && why.contains("was not read") && bytes.is_none(),
        "{locator}: {why}"
    );
    let asked = wire.asked();
    assert!(
        !asked
            .iter()
            .any(|line| gives(line) && line.contains("long")),
        "{asked:?}"
    );
}
