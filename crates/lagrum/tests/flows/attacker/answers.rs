//! Answers that are signed by an agent, and are not the answer that they claim to be.

use std::fs;
use std::path::Path;

use lagrum_mandate::answer::{Receipt, Refusal, RefusalCode, SignedAnswer};
use lagrum_model::{CaseId, Region, Sha256Digest};
use lagrum_notes::{SigningKey, role};

use crate::by_hand::Hand;
use crate::support::{entries, name};

/// The key of an agent, as its own host has it.
fn agent_key(hand: &Hand, region: &str) -> SigningKey<role::Agent> {
    let file = hand.path(&format!("provider/agents/{region}/agent.key"));
    SigningKey::from_secret(fs::read_to_string(file).unwrap().trim()).unwrap()
}

/// A mandate that Stockholm has carried out and the desk has not heard of: case, stem, receipt.
fn carried_out(hand: &Hand) -> (String, String, Receipt) {
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    hand.run(&["agent", "run", "--region", "stockholm"]).ok();
    let out = hand.path("provider/exchange/stockholm/out");
    let receipt = entries(Path::new(&out))
        .into_iter()
        .find(|file| name(file).ends_with(".receipt") && name(file).starts_with(&case))
        .unwrap();
    let key = agent_key(hand, "stockholm").verifying_key();
    let (signed, _) = Receipt::verify(&fs::read(&receipt).unwrap(), &[&key]).unwrap();
    let stem = name(&receipt).trim_end_matches(".receipt").to_owned();
    (case, stem, signed)
}

/// Leaves an answer for the desk, with a package if there is one.
fn leave(hand: &Hand, region: &str, stem: &str, receipt: &str, package: Option<&[u8]>) {
    let out = format!("provider/exchange/{region}/out");
    fs::create_dir_all(hand.path(&out)).unwrap();
    if let Some(package) = package {
        hand.write(&format!("{out}/{stem}.tar.age"), package);
    }
    hand.write(&format!("{out}/{stem}.receipt"), receipt);
}

/// The desk believes nothing of what lies there, and says why.
fn not_believed(hand: &Hand, case: &str, why: &str) {
    let told = hand.run(&["settle"]).ok();
    assert!(
        told.out.contains("NOT BELIEVED") && told.out.contains(why),
        "{why}: {}",
        told.out
    );
    assert_eq!(hand.json(&["case", case])["state"], "mandated", "{why}");
}

#[test]
fn an_agent_answers_for_no_other_and_the_true_answer_is_still_taken() {
    let hand = Hand::ready();
    let (case, stem, genuine) = carried_out(&hand);
    let out = hand.path("provider/exchange/stockholm/out");
    let package = fs::read(format!("{out}/{stem}.tar.age")).unwrap();
    let note = fs::read_to_string(format!("{out}/{stem}.receipt")).unwrap();
    for end in ["tar.age", "receipt"] {
        fs::remove_file(format!("{out}/{stem}.{end}")).unwrap();
    }
    // Lulea signs, in its own name, for the mandate that went to Stockholm, with a package of its own.
    let lulea = agent_key(&hand, "lulea");
    let own = b"anything at all".as_slice();
    let mut forged = Receipt {
        region: Region::parse("lulea").unwrap(),
        sha256: Sha256Digest::of(own),
        length: own.len() as u64,
        volumes: None,
        ..genuine.clone()
    };
    leave(
        &hand,
        "lulea",
        &stem,
        &forged.sign(&lulea).unwrap(),
        Some(own),
    );
    not_believed(
        &hand,
        &case,
        "the agent of lulea answers a mandate for stockholm",
    );
    // And refuses for it.
    let refusal = Refusal {
        recalled: false,
        mandate: genuine.mandate,
        region: Region::parse("lulea").unwrap(),
        code: RefusalCode::Source,
        why: "the store of Stockholm is gone".into(),
    };
    fs::remove_file(hand.path(&format!("provider/exchange/lulea/out/{stem}.receipt"))).unwrap();
    let lulea_out = "provider/exchange/lulea/out";
    hand.write(
        &format!("{lulea_out}/{stem}.refusal"),
        refusal.sign(&lulea).unwrap(),
    );
    not_believed(
        &hand,
        &case,
        "the agent of lulea answers a mandate for stockholm",
    );
    fs::remove_file(hand.path(&format!("{lulea_out}/{stem}.refusal"))).unwrap();

    // Stockholm's own key, under another case, name, package or length.
    let stockholm = agent_key(&hand, "stockholm");
    forged = genuine.clone();
    forged.case = CaseId::new(2026, 7);
    leave(
        &hand,
        "stockholm",
        &stem,
        &forged.sign(&stockholm).unwrap(),
        Some(&package),
    );
    not_believed(&hand, &case, "it is a receipt for case 2026-0007");
    forged = genuine.clone();
    forged.package = "../../desk/roster.toml".into();
    leave(
        &hand,
        "stockholm",
        &stem,
        &forged.sign(&stockholm).unwrap(),
        None,
    );
    not_believed(&hand, &case, "it is a receipt for the package");
    forged = genuine.clone();
    forged.length -= 1;
    leave(
        &hand,
        "stockholm",
        &stem,
        &forged.sign(&stockholm).unwrap(),
        None,
    );
    not_believed(&hand, &case, "not the one that the receipt names");
    leave(&hand, "stockholm", &stem, &note, Some(b"another package"));
    not_believed(&hand, &case, "not the one that the receipt names");
    let again = format!("{case}-again");
    forged = genuine.clone();
    forged.package = format!("{again}.tar.age");
    leave(
        &hand,
        "stockholm",
        &again,
        &forged.sign(&stockholm).unwrap(),
        Some(&package),
    );
    not_believed(&hand, &case, &format!("its mandate was sent as {stem}"));

    // The true answer is believed beside all of it.
    leave(&hand, "stockholm", &stem, &note, Some(&package));
    let told = hand.run(&["settle"]).ok();
    assert!(told.out.contains("produced, items: 3"), "{}", told.out);
    let delivered = hand.json(&["deliver", &case])["packages"][0]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(fs::read(&delivered).unwrap(), package);
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn what_is_handed_over_beside_the_package_is_the_receipt_that_was_verified() {
    let hand = Hand::ready();
    let (case, stem, _) = carried_out(&hand);
    let out = hand.path("provider/exchange/stockholm/out");
    let note = fs::read_to_string(format!("{out}/{stem}.receipt")).unwrap();
    hand.run(&["settle"]).ok();
    // Whoever can write the exchange or the desk's folder puts another one there.
    let lie = "lagrum-receipt/1\nanything at all, signed by nobody\n";
    hand.write(
        &format!("provider/exchange/stockholm/out/{stem}.receipt"),
        lie,
    );
    let kept = entries(Path::new(&hand.path("provider/desk/packages")));
    let folder = kept
        .iter()
        .find(|file| name(file).ends_with(".tar.age"))
        .unwrap()
        .parent()
        .unwrap()
        .to_owned();
    fs::write(folder.join(format!("{stem}.receipt")), lie).unwrap();
    let delivered = hand.json(&["deliver", &case])["packages"][0]
        .as_str()
        .unwrap()
        .to_owned();
    let beside = delivered.replace(".tar.age", ".receipt");
    assert_eq!(fs::read_to_string(beside).unwrap(), note);
    hand.run(&["close", &case, "--duties-live-on"]).ok();
}

#[test]
fn a_package_that_was_exchanged_at_the_desk_is_not_handed_over() {
    let hand = Hand::ready();
    let (case, stem, _) = carried_out(&hand);
    hand.run(&["settle"]).ok();
    let kept = hand.path(&format!("provider/desk/packages/{stem}.tar.age"));
    let genuine = fs::read(&kept).unwrap();
    fs::write(&kept, "another package").unwrap();
    let ran = hand.run(&["deliver", &case]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    let deliveries = hand.path(&format!("provider/deliveries/{case}"));
    assert!(
        entries(Path::new(&deliveries)).is_empty(),
        "nothing got there"
    );
    // And with the right one back, it is.
    fs::write(&kept, &genuine).unwrap();
    let delivered = hand.json(&["deliver", &case])["packages"][0]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(fs::read(&delivered).unwrap(), genuine);
    // What lies there afterwards is looked at again.
    fs::write(&delivered, "another package").unwrap();
    assert_eq!(hand.run(&["deliver", &case]).code, Some(1));
}

#[test]
fn one_answer_that_cannot_be_fetched_stops_no_other() {
    let hand = Hand::ready();
    let (first, stem, _) = carried_out(&hand);
    hand.write("demand.toml", hand.demand("AM-2-26"));
    let out = hand.path("provider/exchange/stockholm/out");
    let kept = fs::read(format!("{out}/{stem}.tar.age")).unwrap();
    // The package of the first is a directory, its neighbour's receipt too.
    fs::remove_file(format!("{out}/{stem}.tar.age")).unwrap();
    fs::create_dir(format!("{out}/{stem}.tar.age")).unwrap();
    fs::create_dir(format!("{out}/{first}-00000000.receipt")).unwrap();
    let second = hand.decided();
    hand.approve(&second, "olof").ok();
    hand.approve(&second, "maja").ok();
    hand.run(&["agent", "run", "--region", "stockholm"]).ok();
    let told = hand.run(&["settle"]).ok();
    assert!(
        told.out.contains(&format!(
            "Case {first}: what an agent answered could not be fetched"
        )),
        "{}",
        told.out
    );
    assert_eq!(hand.json(&["case", &second])["state"], "produced");
    assert_eq!(hand.json(&["case", &first])["state"], "mandated");
    fs::remove_dir(format!("{out}/{stem}.tar.age")).unwrap();
    fs::write(format!("{out}/{stem}.tar.age"), kept).unwrap();
    hand.run(&["settle"]).ok();
    assert_eq!(hand.json(&["case", &first])["state"], "produced");
}
