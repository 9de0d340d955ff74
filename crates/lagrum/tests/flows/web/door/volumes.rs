//! An answer that is longer than one file: handed over, fetched, checked and fetched anew file by file.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{handed_over, last_case, police, ready, sent};
use crate::bucket::in_bucket;
use crate::by_hand::Hand;
use crate::objects::moto::Moto;
use crate::support::{ended, program};
use crate::web::Served;

/// A message of 2.6 MB, of an agent that cuts what is longer than one.
fn with_large_answer(hand: &Hand) {
    let stockholm = "provider/agents/stockholm";
    let body = "A line as long as a line of a letter is, and that some thousand times over.\n";
    let message = format!(
        "Date: Fri, 9 Jan 2026 12:00:00 +0100\nSubject: long\n\n{}",
        body.repeat(35_000)
    );
    hand.write(&format!("{stockholm}/mail/ann/cur/long:2,S"), message);
    let file = format!("{stockholm}/agent.toml");
    let whole = fs::read_to_string(hand.path(&file)).unwrap();
    let first = "region = \"stockholm\"\n";
    let with = format!("{first}longest_volume = {}\n", 1 << 20);
    assert!(whole.contains(first));
    hand.write(&file, whole.replacen(first, &with, 1));
}

fn fetched_file_by_file(hand: &Hand) {
    with_large_answer(hand);
    let served = Served::with_door(hand);
    let mut ek = police(&served);
    let path = sent(&mut ek, "AM-77-26", &[("beslut.txt", b"Beslut")]);
    let case = last_case(hand);
    let told = handed_over(hand, &served, &case);

    // The desk has the files where deliveries are fetched, each no longer than agreed, with sums that any machine checks.
    let files: Vec<_> = told["packages"].as_array().unwrap().iter().collect();
    let files: Vec<_> = files.iter().map(|file| file.as_str().unwrap()).collect();
    assert_eq!(files.len(), 3, "{files:?}");
    for (number, file) in files.iter().enumerate() {
        assert!(
            file.ends_with(&format!(".tar.age.00{}", number + 1)),
            "{file}"
        );
        let length = fs::metadata(file).unwrap().len();
        assert!(length == 1 << 20 || number == 2 && length < 1 << 20);
    }
    let (whole, _) = files[0].rsplit_once('.').unwrap();
    assert!(!Path::new(whole).exists());
    let sums = whole.replace(".tar.age", ".sha256");
    let folder = Path::new(whole).parent().unwrap();
    let checked = ended(
        Command::new("sha256sum")
            .arg("-c")
            .arg(&sums)
            .current_dir(folder),
    );
    assert_eq!(checked.ok().out.matches(": OK").count(), 3);
    // Whoever asks again is told the same, also when one was taken away.
    assert_eq!(hand.json(&["deliver", &case])["packages"], told["packages"]);

    // At the door each is fetched by itself.
    let page = ek.get(&path).ok();
    page.says("in 3 files");
    let text = page.text();
    let links: Vec<_> = text
        .split('"')
        .filter(|one| one.contains("/packages/"))
        .collect();
    assert_eq!(links.len(), 3, "{links:?}");
    let (package, _) = links[0].rsplit_once('/').unwrap();
    assert_eq!(ek.get(package).status, 404);
    for number in ["0", "4", "x", "01x"] {
        assert_eq!(
            ek.get(&format!("{package}/{number}")).status,
            404,
            "{number}"
        );
    }
    let mut names = Vec::new();
    for (link, file) in links.iter().zip(&files) {
        let answer = ek.get(link).ok();
        assert_eq!(answer.bytes, fs::read(file).unwrap());
        let name = answer.header("content-disposition").unwrap();
        let name = name.split('"').nth(1).unwrap().to_owned();
        page.says(&name);
        names.push(hand.write(&name, &answer.bytes));
    }
    // One that was cut off goes on where it was.
    let second = fs::read(files[1]).unwrap();
    let etag = ek.get(links[1]).header("etag").unwrap().to_owned();
    let range = [("Range", "bytes=70000-"), ("If-Range", &*etag)];
    let rest = ek.send("GET", links[1], &range, b"");
    assert_eq!((rest.status, &rest.bytes[..]), (206, &second[70_000..]));
    let receipt = ek.get(&package.replace("/packages/", "/receipts/")).ok();
    let (stem, _) = names[0].split_once(".tar.age").unwrap();
    fs::write(format!("{stem}.receipt"), &receipt.bytes).unwrap();

    // Whole; damaged, and which; missing, and which.
    let trust = hand.path("provider/trust.toml");
    let verify = || hand.anywhere(&["verify", &names[1], "--trust", &trust]);
    let said = verify().ok();
    assert!(said.out.contains("Sealed, and whole"), "{}", said.out);
    let mut damaged = second.clone();
    damaged[500_000] ^= 1;
    fs::write(&names[1], &damaged).unwrap();
    let said = verify();
    assert_eq!(said.code, Some(3), "{}", said.err);
    assert!(
        said.err.contains(".002 is not what the receipt names"),
        "{}",
        said.err
    );
    assert!(!said.err.contains(".001") && !said.err.contains(".003"));
    let identity = hand.path("police.key");
    let open = |to: &str| {
        let to = hand.path(to);
        let arguments = [
            "open",
            &names[2],
            "--identity",
            &identity,
            "--to",
            &to,
            "--trust",
            &trust,
        ];
        ended(program().args(arguments))
    };
    assert_ne!(open("damaged").code, Some(0));
    assert!(!Path::new(&hand.path("damaged")).exists());
    fs::write(&names[1], ek.get(links[1]).ok().bytes).unwrap();
    fs::rename(&names[2], hand.path("elsewhere")).unwrap();
    let said = ended(program().args(["open", &names[0], "--identity", &identity]));
    assert!(said.err.contains(".003 is missing"), "{}", said.err);
    fs::rename(hand.path("elsewhere"), &names[2]).unwrap();
    let opened = open("opened").ok();
    assert!(opened.out.contains("Whole: "), "{}", opened.out);
    let items = fs::read_dir(hand.path("opened/items/mail")).unwrap();
    assert!(items.count() > 1);
    // One after the other they are the package.
    let all: Vec<u8> = names
        .iter()
        .flat_map(|name| fs::read(name).unwrap())
        .collect();
    let joined = hand.write("joined.tar.age", all);
    fs::copy(format!("{stem}.receipt"), hand.path("joined.receipt")).unwrap();
    hand.anywhere(&["verify", &joined, "--trust", &trust]).ok();

    // It was fetched once, whatever number of files it is.
    let told = hand.json(&["case", &case]);
    let events = told["events"].as_array().unwrap().iter();
    let fetched = events.filter(|event| event["what"]["event"] == "fetched");
    assert_eq!(fetched.count(), 1);
    hand.run(&["settle"]).ok();
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn a_large_answer_is_fetched_checked_and_fetched_anew_file_by_file() {
    fetched_file_by_file(&ready());
}

#[test]
fn a_large_answer_in_a_bucket_is_fetched_file_by_file() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let hand = ready();
    in_bucket(&hand, &moto, moto.port);
    fetched_file_by_file(&hand);
}
