//! Sealed packages in a bucket, through the command line: put there, handed over, copied around and removed.

#[path = "../../../source-s3/src/tests/proxy.rs"]
pub mod proxy;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use lagrum_model::Sha256Digest;
use serde_json::Value;

use self::proxy::{Deed, Wire, refusal};
use crate::by_hand::Hand;
use crate::objects::moto::Moto;
use crate::support::{ended, files_below};

/// Says in desk.toml that packages lie in the bucket `store` of the storage on this port.
pub fn in_bucket(hand: &Hand, moto: &Moto, port: u16) {
    let (id, secret) = &moto.keeper;
    let file = hand.path("provider/desk/s3.secret");
    lagrum_durable::private_file(Path::new(&file), secret.as_bytes()).unwrap();
    hand.append(
        "provider/desk/desk.toml",
        &format!(
            "\n[packages_s3]\nendpoint = \"http://127.0.0.1:{port}\"\nregion = \"eu-north-1\"\nbucket = \"store\"\naccess_key = \"{id}\"\nsecret_file = \"s3.secret\"\nprefix = \"packages/\"\n"
        ),
    );
}

/// Approved by both, and carried out: the agent's answer was collected, or it was tried.
fn carried_out(hand: &Hand) -> (String, crate::support::Ran) {
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    let ran = hand.run(&["agent", "run"]);
    (case, ran)
}

fn count(hand: &Hand, case: &str, event: &str) -> usize {
    let told: Value = hand.json(&["case", case]);
    let events = told["events"].as_array().unwrap();
    let named = events.iter().filter(|one| one["what"]["event"] == event);
    named.count()
}

#[test]
fn a_package_lies_in_the_bucket_until_its_closed_case_has_it_removed() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let hand = Hand::ready();
    in_bucket(&hand, &moto, moto.port);
    let check = hand.run(&["--json", "check"]).out;
    assert!(check.contains("packages-kept"), "{check}");

    let (case, package) = hand.delivered();
    let bytes = fs::read(&package).unwrap();
    let digest = Sha256Digest::of(&bytes).to_string();
    let lies = moto.all_of("store");
    assert_eq!(lies.matches("VersionId").count(), 1, "{lies}");
    assert!(lies.contains(&format!("packages/{digest}\\\"")), "{lies}");
    assert!(!lies.contains(&case) && !lies.contains("ann"), "{lies}");
    assert!(!fs::exists(hand.path("provider/desk/packages")).unwrap());
    let identity = hand.path("police.key");
    let opened = hand
        .anywhere(&["open", &package, "--identity", &identity])
        .ok();
    assert!(opened.out.contains("Whole: "), "{}", opened.out);

    // What was taken away from where it was handed over still lies in the bucket.
    assert_eq!(hand.json(&["deliver", &case])["packages"][0], *package);
    let open = hand.run(&["remove-packages", &case]);
    assert!(
        open.code == Some(1) && open.err.contains("is open"),
        "{}",
        open.err
    );
    assert!(moto.all_of("store").contains(&digest) && Path::new(&package).exists());
    hand.run(&["close", &case, "--duties-live-on"]).ok();
    for _ in 0..2 {
        let told = hand.json(&["remove-packages", &case]);
        assert_eq!(told["removed"], serde_json::json!([digest]), "{told:#}");
        assert_eq!(
            (&told["left"], &told["not_known"]),
            (&serde_json::json!([]), &serde_json::json!([]))
        );
        assert!(!moto.all_of("store").contains(&digest));
        assert!(!Path::new(&package).exists());
    }
    let left = files_below(Path::new(&hand.path("provider/deliveries")));
    let ends = |end: &str| {
        left.iter()
            .filter(|file| file.extension().is_some_and(|it| it == end))
            .count()
    };
    assert_eq!((ends("receipt"), ends("age")), (1, 0), "{left:?}");
    // Who removed it stands in the record, once.
    let events = hand.json(&["case", &case])["events"].to_string();
    assert_eq!(events.matches("package-removed").count(), 1, "{events}");
    let shown = hand.run(&["case", &case]).ok().out;
    assert!(
        shown.contains("Package removed") && !shown.contains("is not known"),
        "{shown}"
    );
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn other_bytes_in_the_bucket_are_not_delivered_and_a_bucket_that_is_gone_is_said() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let hand = Hand::ready();
    in_bucket(&hand, &moto, moto.port);
    let (case, ran) = carried_out(&hand);
    ran.ok();
    hand.run(&["settle"]).ok();
    let key = moto.all_of("store");
    let key = key.split("packages/").nth(1).unwrap()[..64].to_owned();
    moto.put(
        "store",
        &format!("packages/{key}"),
        b"other bytes",
        "2026-03-15T12:00:00Z",
    );
    let refused = hand.run(&["deliver", &case]);
    assert!(
        refused.code == Some(1) && refused.err.contains("is not the package"),
        "{}{}",
        refused.out,
        refused.err
    );
    assert_eq!(count(&hand, &case, "delivered"), 0);
    let delivered = hand.path(&format!("provider/deliveries/{case}"));
    assert!(files_below(Path::new(&delivered)).is_empty());
    // Gone altogether: that is another thing, and said as such.
    moto.remove("store", &format!("packages/{key}"));
    let refused = hand.run(&["deliver", &case]);
    assert!(
        refused.code == Some(1) && refused.err.contains("does not lie where"),
        "{}",
        refused.err
    );
    assert_eq!(count(&hand, &case, "delivered"), 0);
}

#[test]
fn what_cannot_be_put_into_the_bucket_stays_with_its_agent_and_two_may_collect_it_at_once() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let hand = Hand::ready();
    // 0: the storage works.
    let broken = Arc::new(AtomicU16::new(503));
    let state = Arc::clone(&broken);
    let wire = Wire::to(
        moto.port,
        Box::new(move |line, _| match state.load(Ordering::Relaxed) {
            503 if line.starts_with("PUT") => refusal("503 Slow Down", "SlowDown"),
            403 if line.starts_with("POST") => refusal("403 Forbidden", "AccessDenied"),
            _ => Deed::Pass,
        }),
    );
    in_bucket(&hand, &moto, wire.port);
    let (case, ran) = carried_out(&hand);
    let out = Path::new(&hand.path("provider/exchange/stockholm/out")).to_owned();
    let waits = || {
        let files = files_below(&out);
        let named = |end: &str| {
            files
                .iter()
                .any(|file| file.to_string_lossy().ends_with(end))
        };
        named(".tar.age") && named(".receipt")
    };
    let mut said = ran.out + &ran.err;
    for (state, says) in [
        (503, "the storage has no time (SlowDown); tries made: 6"),
        (403, "refused to begin an upload (AccessDenied)"),
    ] {
        broken.store(state, Ordering::Relaxed);
        let ran = hand.run(&["settle"]);
        said += &(ran.out + &ran.err);
        assert!(
            said.contains(says) && said.contains("is tried again"),
            "{says}: {said}"
        );
        assert!(waits(), "{state}");
        assert_eq!(count(&hand, &case, "produced"), 0);
        assert!(!moto.all_of("store").contains("packages/"));
    }
    broken.store(0, Ordering::Relaxed);
    let both: Vec<_> = std::thread::scope(|scope| {
        let settle = || ended(hand.command("olof").arg("settle"));
        let threads = [scope.spawn(settle), scope.spawn(settle)];
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(
        both.iter().all(|one| one.code == Some(0)),
        "{}{}",
        both[0].err,
        both[1].err
    );
    // One of them may have been in the way of the other, and the next finds everything in order.
    hand.run(&["settle"]).ok();
    assert_eq!(count(&hand, &case, "produced"), 1);
    assert!(!waits());
    let told = hand.json(&["deliver", &case]);
    let package = told["packages"][0].as_str().unwrap();
    let identity = hand.path("police.key");
    hand.anywhere(&["open", package, "--identity", &identity])
        .ok();
    assert_eq!(
        moto.tell("uploads", serde_json::json!({"bucket": "store"})),
        0
    );
}

#[test]
fn a_desk_that_is_restored_says_which_packages_are_not_in_the_bucket() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let hand = Hand::ready();
    hand.hire("ada", "Ada Lund", "administrator");
    in_bucket(&hand, &moto, moto.port);
    let (case, ran) = carried_out(&hand);
    ran.ok();
    hand.run(&["settle"]).ok();
    let copy = hand.path("copy");
    let made = hand
        .by("ada", &["--json", "desk", "backup", &copy])
        .ok()
        .json();
    assert_eq!(made["packages_elsewhere"], true);
    let copied = files_below(Path::new(&copy));
    assert!(copied.iter().any(|file| file.ends_with("s3.secret")));
    assert!(
        !copied
            .iter()
            .any(|file| file.to_string_lossy().ends_with(".age"))
    );
    let key = hand.path("provider/desk/master.key");
    let log = hand.path("provider/log");
    let restored = |to: &str| {
        let to = hand.path(to);
        let words = ["--json", "--as", "olof", "--dir", &to, "desk", "restore"];
        let more = [&*copy, "--master-key", &key, "--log", &log];
        hand.anywhere(&[&words[..], &more].concat())
    };
    let whole = restored("first").ok().json();
    assert_eq!(
        whole["missing_packages"],
        serde_json::json!([]),
        "{whole:#}"
    );
    let lies = moto.all_of("store");
    let digest = &lies.split("packages/").nth(1).unwrap()[..64];
    moto.remove("store", &format!("packages/{digest}"));
    let lacks = restored("second");
    assert_eq!(lacks.code, Some(3), "{}{}", lacks.out, lacks.err);
    let told = lacks.json();
    let missing = &told["missing_packages"][0];
    assert_eq!(
        (&missing["case"], &missing["package"]),
        (&Value::from(case), &Value::from(digest))
    );
    assert_eq!(told["missing_packages"].as_array().unwrap().len(), 1);
}
