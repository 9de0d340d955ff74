use proptest::prelude::*;

use super::*;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect(text)
}

#[test]
fn addresses_are_one_account_only_if_nothing_but_letter_case_differs() {
    assert_eq!(
        address("Alder@KVIST.example"),
        address("alder@kvist.example")
    );
    for other in [
        "al.der@kvist.example",
        "alder+x@kvist.example",
        "alder@kvist.example2",
    ] {
        assert_ne!(address(other), address("alder@kvist.example"));
    }
    // U+212A KELVIN SIGN lowers to `k` in Unicode and is composed to `K`; it is neither here.
    assert!(EmailAddress::parse("\u{212a}vist@kvist.example").is_err());
    // U+0130 lowers to `i` and a dot.
    assert_ne!(
        address("\u{130}da@kvist.example"),
        address("ida@kvist.example")
    );
}

#[test]
fn what_names_nobody_never_becomes_an_account_identifier() {
    let refused = |identifier| AccountIdentifier::try_from(identifier).unwrap_err();
    let all = Identifier::EmailAddress(address("*@kvist.example"));
    let near = Identifier::Area("150 m around 37.41, -77.72".parse().unwrap());
    let posted = Identifier::SearchTerm("the person who posted yesterday".parse().unwrap());
    for (identifier, why) in [
        (
            Identifier::Network(Network::parse("198.51.100.0/24").unwrap()),
            NotNamed::Network,
        ),
        (near, NotNamed::Area),
        (posted, NotNamed::SearchTerm),
        (Identifier::Nobody, NotNamed::Nobody),
        (
            Identifier::UserId("a%".parse().unwrap()),
            NotNamed::Wildcard,
        ),
        (all, NotNamed::Wildcard),
    ] {
        assert_eq!(refused(identifier), why);
    }
}

#[test]
fn broken_addresses_are_refused_with_the_rule() {
    for wrong in [
        "",
        "@",
        "a@",
        "@b",
        "a b@c.example",
        "a@b@c.example\n",
        "a@-b.example",
        "a@b..c",
        "a@ö.example",
    ] {
        assert!(EmailAddress::parse(wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn an_address_that_only_looks_like_another_is_refused_and_it_is_said_what_it_holds() {
    for (wrong, says) in [
        ("bj\u{200b}ork@kvist.example", "U+200B"),
        ("\u{200e}bjork@kvist.example", "U+200E"),
        ("bjork@kvist\u{2060}.example", "U+2060"),
        ("bjork@kvist.example\n", "a line end"),
        ("bjork@kvist.example\u{a0}", "U+00A0"),
        ("bjo\u{308}rn@kvist.example", "two characters"),
    ] {
        let why = EmailAddress::parse(wrong).expect_err(wrong);
        assert!(why.contains(says), "{wrong:?}: {why}");
    }
    assert!(EmailAddress::parse("bj\u{f6}rn@kvist.example").is_ok());
}

#[test]
fn words_are_no_user_id_and_it_is_said_what_to_write() {
    for wrong in [
        "the person who posted yesterday",
        "Anna Berg, Malmö",
        "u\u{a0}1",
        "u\t1",
        "",
        " ",
        "u-\u{200b}20417",
        "u-20417\n",
    ] {
        let why = UserId::parse(wrong).expect_err(wrong);
        assert!(why.starts_with("user id `"), "{why}");
    }
    let why = UserId::parse("Anna Berg, Malmö").unwrap_err();
    assert!(why.contains("search-term"), "{why}");
    assert!(UserId::parse(&"u".repeat(257)).is_err());
    assert_eq!(
        UserId::parse("Åsa_K-20417").unwrap().as_str(),
        "Åsa_K-20417"
    );
}

#[test]
fn a_telephone_number_has_its_country_code_and_one_form() {
    for (written, normal) in [
        ("+46701740605", "+46701740605"),
        ("+46 (0)70-174 06 05", "+46701740605"),
        ("+1 (206) 555-0102", "+12065550102"),
        ("+49/30.1234\u{a0}567", "+49301234567"),
        (" +7", "+7"),
        ("+123456789012345", "+123456789012345"),
    ] {
        assert_eq!(PhoneNumber::parse(written).unwrap().as_str(), normal);
    }
    for (wrong, says) in [
        ("070-174 06 05", "country code"),
        ("0046701740605", "+ and the country code"),
        ("+0701740605", "begins with 0"),
        ("+", "1 to 15 digits"),
        ("+1234567890123456", "1 to 15 digits"),
        ("+46 70 CALL ME", "U+0043 `C`"),
        ("+46\u{200b}701740605", "U+200B,"),
        ("+46 70 174 06 0\u{0665}", "U+0665"),
        ("+\u{ff14}6701740605", "U+FF14"),
        ("Konto 7", "country code"),
    ] {
        let why = PhoneNumber::parse(wrong).expect_err(wrong);
        assert!(why.contains(says), "{wrong}: {why}");
    }
}

#[test]
fn numbers_of_devices_are_checked_and_have_one_form() {
    assert_eq!(
        Imei::parse("49-015420-323751-8").unwrap().as_str(),
        "490154203237518"
    );
    for (wrong, says) in [
        ("490154203237517", "check digit does not fit"),
        ("490154203237581", "check digit does not fit"),
        ("49015420323751", "check digit is missing"),
        ("4901542032375101", "software version"),
        ("4901", "15 digits"),
        ("49015420323751O", "U+004F `O`"),
    ] {
        let why = Imei::parse(wrong).expect_err(wrong);
        assert!(why.contains(says), "{wrong}: {why}");
    }
    assert_eq!(
        Imsi::parse("240 99 0123456789").unwrap().as_str(),
        "240990123456789"
    );
    for wrong in ["001010123456789", "2409901234567890", "24099", "x"] {
        assert!(Imsi::parse(wrong).is_err(), "{wrong}");
    }
    for written in [
        "00:1B:63:84:45:E6",
        "00-1b-63-84-45-e6",
        "001b.6384.45e6",
        "001B638445E6",
    ] {
        let one = MacAddress::parse(written).unwrap();
        assert_eq!(one.as_str(), "00:1b:63:84:45:e6");
    }
    for wrong in [
        "00:1b:63:84:45",
        "ff:ff:ff:ff:ff:ff",
        "01:00:5e:00:00:fb",
        "00:00:00:00:00:00",
        "00:1b:63:84:45:g6",
    ] {
        assert!(MacAddress::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_internet_address_is_one_with_its_instant_and_its_port() {
    let parse = |text: &str| text.parse::<AddressAt>();
    let plain = parse("198.51.100.23 port 51234 at 2026-08-20T19:04:11Z").unwrap();
    let mapped = parse("::ffff:198.51.100.23 port 51234 at 2026-08-20T21:04:11+02:00").unwrap();
    assert_eq!(plain, mapped);
    assert_eq!(plain.port(), Some(51234));
    assert_eq!(
        plain.to_string(),
        "198.51.100.23 port 51234 at 2026-08-20T19:04:11Z"
    );
    let other = parse("198.51.100.23 port 51235 at 2026-08-20T19:04:11Z").unwrap();
    assert_ne!(plain, other);
    for wrong in [
        "198.51.100.23",
        "198.51.100.23 at 2026-08-20T19:04:11",
        "198.51.100.23 port 0 at 2026-08-20T19:04:11Z",
        "198.51.100.23 port 65536 at 2026-08-20T19:04:11Z",
        "198.51.100.300 at 2026-08-20T19:04:11Z",
        "0.0.0.0 at 2026-08-20T19:04:11Z",
        "::1 at 2026-08-20T19:04:11Z",
        "::ffff:127.0.0.1 at 2026-08-20T19:04:11Z",
        "239.255.255.250 at 2026-08-20T19:04:11Z",
        "255.255.255.255 at 2026-08-20T19:04:11Z",
    ] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
    let json =
        r#"{"kind":"ip-address","value":{"address":"198.51.100.23","at":"2026-08-20T19:04:11Z"}}"#;
    let read: Identifier = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
}

#[test]
fn a_network_is_a_block_or_a_range_and_not_words() {
    for (written, normal) in [
        ("198.51.100.0/24", "198.51.100.0/24"),
        ("198.51.100.0-198.51.100.255", "198.51.100.0/24"),
        ("198.51.100.7 - 198.51.100.41", "198.51.100.7-198.51.100.41"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("::/0", "::/0"),
    ] {
        assert_eq!(Network::parse(written).unwrap().range(), normal);
    }
    for (wrong, says) in [
        ("circle 150 m around 37.4,-77.7", "kind = \"area\""),
        ("198.51.100.23/24", "write 198.51.100.0/24"),
        ("198.51.100.23/32", "one address"),
        ("198.51.100.0/33", "0 to 32 bits"),
        ("198.51.100.9-198.51.100.7", "after the first"),
        ("198.51.100.9-2001:db8::1", "same kind"),
        ("kvist.example", "kind = \"search-term\""),
    ] {
        let why = Network::parse(wrong).expect_err(wrong);
        assert!(why.contains(says), "{wrong}: {why}");
    }
    let json = r#"{"kind":"network","value":{"range":"198.51.100.0/24","from":"2026-08-20T19:00:00Z","until":"2026-08-20T20:00:00Z"}}"#;
    let read: Identifier = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    assert!(read.value().contains("2026-08-20T19:00:00Z"), "{read}");
}

#[test]
fn letters_of_another_script_that_look_plain_are_named() {
    let mail = |text| Identifier::EmailAddress(address(text)).look_alikes();
    // U+0430, U+0435 and U+043E are Cyrillic.
    assert_eq!(mail("\u{430}lder@kvist.example"), [('\u{430}', 'a')]);
    assert_eq!(
        mail("\u{435}\u{43e}\u{435}@kvist.example"),
        [('\u{435}', 'e'), ('\u{43e}', 'o')]
    );
    let id = Identifier::UserId("\u{3bf}tto".parse().unwrap());
    assert_eq!(id.look_alikes(), [('\u{3bf}', 'o')]);
    for plain in [
        "alder@kvist.example",
        "bj\u{f6}rk@kvist.example",
        "\u{438}\u{432}\u{430}\u{43d}@kvist.example",
        "\u{3b3}\u{3b9}\u{3ac}\u{3bd}\u{3bd}\u{3b7}\u{3c2}@kvist.example",
    ] {
        assert_eq!(mail(plain), [], "{plain}");
    }
}

#[test]
fn debug_output_never_shows_whose_data_it_is() {
    let identifiers = [
        Identifier::EmailAddress(address("alder@kvist.example")),
        Identifier::UserId("alder".parse().unwrap()),
        Identifier::SearchTerm("alder".parse().unwrap()),
        Identifier::Area("alder".parse().unwrap()),
    ];
    assert!(!format!("{identifiers:?}").contains("alder"));
}

/// What people write between digits.
fn separated(digits: &str, by: &[usize]) -> String {
    let signs = ["", " ", "-", "."];
    let pieces = digits.chars().enumerate();
    let pieces = pieces.map(|(place, c)| {
        let sign = by.get(place).map_or("", |one| signs[one % signs.len()]);
        format!("{c}{sign}")
    });
    pieces.collect()
}

/// That what is shown reads as what it is, and that its normal form is its own normal form.
fn stands<T>(one: &T) -> Result<(), TestCaseError>
where
    T: std::str::FromStr<Err = String> + fmt::Display + PartialEq + fmt::Debug,
{
    let shown = one.to_string();
    let again: T = shown.parse().map_err(TestCaseError::fail)?;
    prop_assert_eq!(&again, one);
    prop_assert_eq!(again.to_string(), shown);
    Ok(())
}

fn instant() -> impl Strategy<Value = jiff::Timestamp> {
    (0_i64..4_000_000_000, 0_i32..1_000_000_000)
        .prop_map(|(second, nano)| jiff::Timestamp::new(second, nano).unwrap())
}

fn any_address() -> impl Strategy<Value = std::net::IpAddr> {
    prop_oneof![
        any::<u32>().prop_map(|bits| std::net::Ipv4Addr::from(bits).into()),
        any::<u128>().prop_map(|bits| std::net::Ipv6Addr::from(bits).into()),
        any::<u32>().prop_map(|bits| std::net::Ipv4Addr::from(bits).to_ipv6_mapped().into()),
    ]
}

proptest! {
    #[test]
    fn what_is_shown_reads_as_what_it_is(
        word in "[^\\s\\p{C}]{1,40}",
        digits in "[1-9][0-9]{0,14}",
        device in "[0-9]{14}",
        imsi in "[2-7][0-9]{5,14}",
        mac in "[0-9a-fA-F][02468aceACE][0-9a-fA-F]{10}",
        by in proptest::collection::vec(0_usize..4, 0..20),
        host in any_address(),
        port in proptest::option::of(1_u16..),
        at in instant(),
        other in any_address(),
        words in "\\PC{1,60}",
    ) {
        if let Ok(one) = UserId::parse(&word) {
            stands(&one)?;
            prop_assert_eq!(one.as_str(), word);
        }
        let phone = PhoneNumber::parse(&format!("+{}", separated(&digits, &by))).unwrap();
        stands(&phone)?;
        prop_assert_eq!(phone.as_str(), format!("+{digits}"));
        // Exactly one last digit fits.
        let fitting: Vec<_> = (0..10)
            .filter_map(|check| Imei::parse(&separated(&format!("{device}{check}"), &by)).ok())
            .collect();
        prop_assert_eq!(fitting.len(), 1);
        stands(&fitting[0])?;
        stands(&Imsi::parse(&separated(&imsi, &by)).unwrap())?;
        if let Ok(one) = MacAddress::parse(&mac) {
            stands(&one)?;
        }
        if let Ok(one) = AddressAt::new(host, port.and_then(std::num::NonZeroU16::new), at) {
            stands(&one)?;
            prop_assert!(!matches!(one.address(), std::net::IpAddr::V6(six) if six.to_ipv4_mapped().is_some()));
        }
        if let Ok(one) = Network::parse(&format!("{host}-{other}")) {
            let again = Network::parse(&one.range()).unwrap();
            prop_assert_eq!(again, one);
            prop_assert_eq!(again.range(), one.range());
        }
        if let Ok(one) = Area::parse(&words) {
            stands(&one)?;
        }
        if let Ok(one) = SearchTerm::parse(&words) {
            stands(&one)?;
        }
    }

    #[test]
    fn a_block_is_read_as_it_is_shown(bits in 0_u8..32, host in any::<u32>()) {
        let first = host & u32::MAX.checked_shl((32 - bits).into()).unwrap_or(0);
        let text = format!("{}/{bits}", std::net::Ipv4Addr::from(first));
        prop_assert_eq!(Network::parse(&text).unwrap().range(), text);
    }

    #[test]
    fn nothing_makes_a_parser_stumble(text in "\\PC{0,60}|[-+0-9a-f:./ ()*]{0,30}") {
        let _ = EmailAddress::parse(&text).map(|one| stands_as_address(&one));
        for kind in ["user-id", "phone-number", "imei", "imsi", "mac-address", "network", "area", "search-term"] {
            let json = serde_json::json!({"kind": kind, "value": text});
            if let Ok(one) = serde_json::from_value::<Identifier>(json) {
                let again = serde_json::to_value(&one).unwrap();
                prop_assert_eq!(serde_json::from_value::<Identifier>(again).unwrap(), one);
            }
        }
    }
}

fn stands_as_address(one: &EmailAddress) {
    let again = EmailAddress::parse(one.normal()).expect("a normal form is an address");
    assert_eq!(again.normal(), one.normal());
    assert_eq!(again, *one);
}

#[test]
fn one_text_names_an_identifier_of_any_kind_that_names_an_account() {
    for (text, kind, value) in [
        (
            "Alder@kvist.example",
            "email-address",
            "Alder@kvist.example",
        ),
        (
            "email-address:alder@kvist.example",
            "email-address",
            "alder@kvist.example",
        ),
        (
            "user-id:alder@kvist.example",
            "user-id",
            "alder@kvist.example",
        ),
        (
            "phone-number:+46 70-174 06 05",
            "phone-number",
            "+46701740605",
        ),
        ("imei:490154203237518", "imei", "490154203237518"),
        (
            "mac-address:00-1b-63-84-45-e6",
            "mac-address",
            "00:1b:63:84:45:e6",
        ),
        (
            "ip-address:2001:db8::7 at 2026-08-20T19:04:11Z",
            "ip-address",
            "2001:db8::7 at 2026-08-20T19:04:11Z",
        ),
    ] {
        let one = Identifier::parse(text).expect(text);
        assert_eq!((one.kind(), one.value().as_str()), (kind, value));
        assert!(AccountIdentifier::try_from(one).is_ok());
    }
    for wrong in [
        "network:198.51.100.0/24",
        "area:Malmö",
        "070-174 06 05",
        "alder",
    ] {
        assert!(Identifier::parse(wrong).is_err(), "{wrong}");
    }
}

/// Every kind stands in the documentation with an example that is read here, and what names nobody
/// stands apart.
#[test]
fn the_documentation_has_an_example_of_each_kind() {
    #[derive(Deserialize)]
    struct Part {
        identifiers: Vec<Identifier>,
    }
    let text = include_str!("../../../../docs/demand.md");
    let examples = |first: &str| -> Vec<Identifier> {
        let (_, rest) = text.split_once(first).expect(first);
        let (block, _) = rest.split_once("```").expect("the end of the block");
        toml::from_str::<Part>(block).expect(first).identifiers
    };
    let (named, unnamed) = (
        examples(
            "```toml\n# Each of these names one account, or the one user of an address at an instant.\n",
        ),
        examples(
            "```toml\n# Each of these names nobody: such a demand is taken in, answered and counted, and never carried out.\n",
        ),
    );
    for one in &named {
        assert!(
            AccountIdentifier::try_from(one.clone()).is_ok(),
            "{}",
            one.value()
        );
    }
    for one in &unnamed {
        assert!(
            AccountIdentifier::try_from(one.clone()).is_err(),
            "{}",
            one.value()
        );
    }
    let mut kinds: Vec<_> = named.iter().chain(&unnamed).map(Identifier::kind).collect();
    kinds.dedup();
    let all = [
        "email-address",
        "user-id",
        "phone-number",
        "ip-address",
        "imei",
        "imsi",
        "mac-address",
        "network",
        "area",
        "search-term",
    ];
    assert_eq!(kinds, all);
    for kind in all {
        assert!(
            text.contains(&format!("| `{kind}` |")),
            "{kind}: a row of the table"
        );
    }
}
