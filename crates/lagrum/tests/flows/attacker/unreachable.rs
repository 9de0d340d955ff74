//! The directory that the desk shares with one agent: gone, something else, or not to be written. It
//! stops neither the list nor any other region, is told, and tried again.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::by_hand::Hand;
use crate::support::{entries, name};

/// Two cases that two people sign: the first for Lulea, the second for Stockholm. Gives both.
fn two_cases(hand: &Hand) -> (String, String) {
    hand.append(
        "provider/desk/directory.toml",
        "\n[[account]]\naddress = \"bo@hand.example\"\ncontroller = \"consumer\"\nresides_in = \"SE\"\nholdings = [{ region = \"lulea\", categories = [\"content\"] }]\n",
    );
    let other = hand
        .demand("AM-9-26")
        .replace("ann@hand.example", "bo@hand.example");
    let own = fs::read_to_string(hand.path("demand.toml")).unwrap();
    hand.write("demand.toml", other);
    let lulea = hand.decided();
    hand.write("demand.toml", own);
    let stockholm = hand.decided();
    (lulea, stockholm)
}

fn sign(hand: &Hand, case: &str, account: &str) -> String {
    let mut told = String::new();
    for who in ["olof", "maja"] {
        told += &hand.approve_for(case, who, account).ok().err;
    }
    told
}

/// Whatever is wrong with Lulea's directory: the list is there, Stockholm's mandate goes out, is
/// answered and handed over; and Lulea's goes out when it is mended.
fn stops_nobody(breaking: impl FnOnce(&Hand, &Path), mending: impl FnOnce(&Hand, &Path)) {
    stops_nobody_at(Hand::ready(), breaking, mending);
}

fn stops_nobody_at(
    hand: Hand,
    breaking: impl FnOnce(&Hand, &Path),
    mending: impl FnOnce(&Hand, &Path),
) {
    let (lulea, stockholm) = two_cases(&hand);
    let exchange = hand.path("provider/exchange/lulea");
    let exchange = Path::new(&exchange);
    breaking(&hand, exchange);
    let told = sign(&hand, &lulea, "bo@hand.example");
    assert!(
        told.contains("lulea") && told.contains("tried again"),
        "{told}"
    );
    assert!(
        !told.contains("not yet in the public log"),
        "it is public: {told}"
    );
    let listed = hand.json(&["cases"]);
    assert_eq!(listed["total"], 2);
    sign(&hand, &stockholm, "ann@hand.example");
    let inbox = hand.path("provider/exchange/stockholm/in");
    let sent = entries(Path::new(&inbox));
    assert!(
        sent.iter().any(|file| name(file).starts_with(&stockholm)),
        "{sent:?}"
    );
    hand.run(&["agent", "run", "--region", "stockholm"]).ok();
    let told = hand.run(&["settle"]).ok();
    assert!(told.out.contains("lulea"), "{}", told.out);
    assert!(
        told.out
            .contains(&format!("Case {stockholm}: produced, items: 3")),
        "{}",
        told.out
    );
    hand.run(&["deliver", &stockholm]).ok();
    hand.run(&["close", &stockholm, "--duties-live-on"]).ok();
    hand.run(&["case", &lulea]).ok();
    hand.run(&["note", &lulea, "their share is away"]).ok();
    mending(&hand, exchange);
    hand.run(&["settle"]).ok();
    let sent = entries(&exchange.join("in"));
    assert!(
        sent.iter().any(|file| name(file).starts_with(&lulea)),
        "{sent:?}"
    );
    let ran = hand.run(&["--json", "agent", "run", "--region", "lulea"]);
    assert_eq!(ran.json().as_array().unwrap().len(), 1, "{}", ran.err);
}

#[test]
fn an_inbox_that_is_a_file_stops_nobody() {
    stops_nobody(
        |_, exchange| {
            fs::create_dir_all(exchange).unwrap();
            fs::write(exchange.join("in"), "in its place").unwrap();
            fs::write(exchange.join("out"), "in its place").unwrap();
        },
        |_, exchange| {
            fs::remove_file(exchange.join("in")).unwrap();
            fs::remove_file(exchange.join("out")).unwrap();
        },
    );
}

#[test]
fn a_directory_that_is_a_link_to_nowhere_stops_nobody() {
    stops_nobody(
        |_, exchange| {
            fs::create_dir_all(exchange.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink("/nowhere/at/all", exchange).unwrap();
        },
        |_, exchange| fs::remove_file(exchange).unwrap(),
    );
}

#[test]
fn a_region_that_is_gone_from_the_configuration_stops_nobody() {
    let config = "provider/desk/desk.toml";
    let without = |hand: &Hand, _: &Path| {
        let whole = fs::read_to_string(hand.path(config)).unwrap();
        hand.write("desk.toml", &whole);
        let mut tables: Vec<_> = whole.split("[[agent]]").collect();
        tables.retain(|table| !table.contains("region = \"lulea\""));
        hand.write(config, tables.join("[[agent]]"));
    };
    stops_nobody(without, |hand, _| {
        let whole = fs::read_to_string(hand.path("desk.toml")).unwrap();
        hand.write(config, whole);
    });
}

#[test]
fn a_share_that_cannot_be_written_stops_nobody() {
    let mode = |exchange: &Path, mode| {
        fs::set_permissions(exchange.join("in"), fs::Permissions::from_mode(mode)).unwrap();
    };
    stops_nobody_at(
        Hand::ready().bound_by_modes(),
        |_, exchange| {
            fs::create_dir_all(exchange.join("in")).unwrap();
            fs::write(exchange.join("out"), "in its place").unwrap();
            mode(exchange, 0o555);
        },
        |_, exchange| {
            fs::remove_file(exchange.join("out")).unwrap();
            mode(exchange, 0o755);
        },
    );
}
