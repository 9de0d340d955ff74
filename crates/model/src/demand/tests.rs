use super::*;
use crate::{EmailAddress, SubCategory};

const WARRANT: &str = r#"
format = "lagrum-demand/1"
reference = "13 Mag. 0001"

[authority]
name = "United States Attorney, Southern District of New York"
country = "US"
kind = "prosecutor"
officer = { name = "A. Officer", email = "officer@justice.example" }

[instrument]
kind = "search-warrant"
country = "US"
provision = "18 U.S.C. § 2703(a)"
issued_on = 2013-12-04
issued_by = { name = "United States District Court", kind = "judge" }
signatures = [{ name = "The judge", form = "handwritten" }]

[addressee]
entity = "Kvist Mail Inc."
country = "US"

[scope]
identifiers = [{ kind = "email-address", value = "Alder@Kvist.example" }]
categories = ["subscriber", "content"]
period = { from = "2013-01-01T00:00:00Z", until = "2013-12-01T00:00:00-05:00" }
"#;

fn fault(from: &str, to: &str) -> String {
    assert!(
        WARRANT.contains(from),
        "the test changes something that is there"
    );
    Demand::parse(WARRANT.replace(from, to).as_bytes())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_same_demand_reads_the_same_from_toml_and_from_json() {
    let from_toml = Demand::parse(WARRANT.as_bytes()).unwrap();
    let json = serde_json::to_vec_pretty(&from_toml).unwrap();
    assert_eq!(Demand::parse(&json).unwrap(), from_toml);
    assert_eq!(
        from_toml.parts[0].identifiers,
        [Identifier::EmailAddress(
            EmailAddress::parse("alder@kvist.example").unwrap()
        )]
    );
    assert_eq!(
        from_toml.parts[0]
            .period
            .unwrap()
            .until()
            .unwrap()
            .to_string(),
        "2013-12-01T05:00:00Z"
    );
}

#[test]
fn an_unknown_field_is_refused_by_name() {
    let text = fault(
        "country = \"US\"\nkind = \"prosecutor\"",
        "country = \"US\"\nkind = \"prosecutor\"\ncolour = 1",
    );
    assert!(
        text.contains("authority") && text.contains("colour"),
        "{text}"
    );
    // Nobody is told how to write what does not belong there at all.
    let text = fault(
        "country = \"US\"\nkind = \"prosecutor\"",
        "country = \"US\"\nkind = \"prosecutor\"\nanswer_by = 1",
    );
    assert!(
        text.contains("answer_by") && !text.contains("write an instant"),
        "{text}"
    );
}

#[test]
fn errors_name_the_field_and_the_rule() {
    let text = fault("2013-12-01T00:00:00-05:00", "2013-12-01T00:00:00");
    assert!(
        text.contains("scope.period"),
        "an instant without a zone is refused: {text}"
    );
    let text = fault("2013-12-01T00:00:00-05:00", "2012-12-01T00:00:00Z");
    assert!(
        text.contains("scope.period") && text.contains("must be later"),
        "{text}"
    );
    let text = fault("kind = \"search-warrant\"", "kind = \"warrant\"");
    assert!(
        text.contains("instrument.kind") && text.contains("search-warrant"),
        "{text}"
    );
    let text = fault(
        "country = \"US\"\nkind = \"prosecutor\"",
        "country = \"UK\"\nkind = \"prosecutor\"",
    );
    assert!(
        text.contains("authority.country") && text.contains("GB"),
        "{text}"
    );
    let text = fault("\"subscriber\", \"content\"", "\"content\", \"content\"");
    assert!(text.contains("scope.categories"), "{text}");
    let text = fault("reference = \"13 Mag. 0001\"", "reference = \" \"");
    assert!(text.contains("reference"), "{text}");
}

#[test]
fn bytes_that_are_no_text_are_refused_without_panic() {
    assert_eq!(
        Demand::parse(b"%PDF-1.7\xff\xfe"),
        Err(DemandError::Foreign(FileKind::Pdf))
    );
    assert!(matches!(Demand::parse(b"{"), Err(DemandError::NotText(_))));
    assert!(Demand::parse(b"").is_err());
}

#[test]
fn what_authorities_send_is_called_what_it_is_and_not_a_fault_of_a_reader() {
    let mail = "From: noa@polisen.example\r\nSubject: K 18812-26\r\n\tand more\r\n\r\nformat = \"lagrum-demand/2\"\r\n";
    let latin = b"Received: from polisen.example\r\nSubject: beg\xe4ran\r\n\r\nSe bilaga.";
    for (bytes, kind) in [
        (&b"%PDF-1.4\n%\xe2\xe3"[..], FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n\0", FileKind::Image),
        (b"\xff\xd8\xff\xe0", FileKind::Image),
        (b"II*\0\x08", FileKind::Image),
        (mail.as_bytes(), FileKind::Mail),
        (latin, FileKind::Mail),
        (b"PK\x03\x04\x14", FileKind::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", FileKind::Compound),
        (b"\n<?xml version=\"1.0\"?><EPOC/>", FileKind::Markup),
        (
            b"Phone, 02:47: a threat to life, the order follows.",
            FileKind::Text,
        ),
        ("Beslut: se bilaga.\n\nStockholm".as_bytes(), FileKind::Text),
        (b"", FileKind::Text),
        (b"\0\x01\xfe", FileKind::Other),
    ] {
        assert_eq!(
            Demand::parse(bytes),
            Err(DemandError::Foreign(kind)),
            "{kind}"
        );
    }
    // Whoever meant to describe a demand learns where it went wrong, in one line.
    for (text, told) in [
        (
            WARRANT.replacen("kind = \"prosecutor\"", "kind prosecutor", 1),
            "line ",
        ),
        ("[authority]\nname = Polisen\n".to_owned(), "line 2: "),
        ("{\"format\": }".to_owned(), "JSON: "),
    ] {
        let Err(DemandError::NotText(why)) = Demand::parse(text.as_bytes()) else {
            panic!("{text}");
        };
        assert!(why.contains(told) && !why.contains(['\n', '|']), "{why}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let _ = Demand::parse(&bytes);
    }

    #[test]
    fn one_changed_byte_never_makes_the_reader_panic(at in 0..WARRANT.len(), byte in proptest::num::u8::ANY) {
        let mut bytes = WARRANT.as_bytes().to_vec();
        bytes[at] = byte;
        let _ = Demand::parse(&bytes);
    }
}

#[test]
fn a_demand_states_what_the_laws_ask_for_and_the_basis_carries_it() {
    let text = WARRANT
        .replace(
            "reference = ",
            "purpose = \"state-security\"\nreference = ",
        )
        .replace(
            "signatures = ",
            "interim = true\nrank_confirmed = true\ncertified = true\nvalid_until = 2014-01-31\n\
             digital_services = { reasons = true, redress = false, language = true }\nsignatures = ",
        )
        + r#"
[sentence]
months = 6
in_absentia = false
absconded = true

[secrecy]
provision = "18 U.S.C. § 2705(b)"
issued_by = { name = "United States District Court", kind = "judge" }
ordered_on = 2013-12-04
certified = true
review_notice = true

[findings]
conflict = { country = "IE", ground = "forbids", outcome = "disclosure-ordered" }
objection = "incomplete"
transfer_ground = true
"#;
    let demand = Demand::parse(text.as_bytes()).unwrap();
    let json = serde_json::to_vec(&demand).unwrap();
    assert_eq!(Demand::parse(&json).unwrap(), demand);
    let basis = demand.basis(true, false);
    assert_eq!(basis.purpose, Some(Purpose::StateSecurity));
    assert_eq!(basis.sentence.unwrap().months, 6);
    assert!(basis.instrument.interim && basis.instrument.rank_confirmed);
    assert!(basis.instrument.certified);
    assert_eq!(
        basis.instrument.valid_until,
        Some(jiff::civil::date(2014, 1, 31))
    );
    assert!(!basis.instrument.digital_services.unwrap().redress);
    assert_eq!(basis.findings, demand.findings);
    assert!(basis.findings.transfer_ground && !basis.findings.privilege_cleared);
    let misspelt = text.replace("transfer_ground", "transfer_grounds");
    let refused = Demand::parse(misspelt.as_bytes()).unwrap_err().to_string();
    assert!(
        refused.contains("findings") && refused.contains("transfer_grounds"),
        "{refused}"
    );
}

#[test]
fn facts_that_are_not_there_are_not_written_so_that_older_bytes_stay_the_same() {
    let demand = Demand::parse(WARRANT.as_bytes()).unwrap();
    let written = serde_json::to_string(&demand).unwrap()
        + &serde_json::to_string(&demand.basis(true, false)).unwrap();
    for field in [
        "interim",
        "rank_confirmed",
        "certified",
        "valid_until",
        "digital_services",
        "purpose",
        "sentence",
        "findings",
    ] {
        assert!(!written.contains(field), "{field} is written: {written}");
    }
}

#[test]
fn a_demand_in_parts_names_for_each_what_it_asks() {
    let (head, _) = WARRANT.split_once("[scope]").unwrap();
    let head = head.replace("lagrum-demand/1", "lagrum-demand/2");
    let text = format!(
        r#"{head}
[[part]]
identifiers = [{{ kind = "email-address", value = "alder@kvist.example" }}]
categories = ["subscriber"]
sub_categories = ["registration-address"]

[[part]]
identifiers = [{{ kind = "email-address", value = "alder@kvist.example" }}, {{ kind = "email-address", value = "ek@kvist.example" }}]
categories = ["content"]
period = {{ from = "2013-01-01T00:00:00Z" }}
"#
    );
    let demand = Demand::parse(text.as_bytes()).unwrap();
    assert_eq!((demand.parts.len(), demand.identifiers().len()), (2, 2));
    assert!(demand.asks_for(Category::Content) && !demand.asks_for(Category::Traffic));
    let received: jiff::Timestamp = "2013-12-06T09:00:00Z".parse().unwrap();
    let bounded = |part: usize| demand.parts[part].bounded(received).unwrap();
    assert_eq!(bounded(0).from(), jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(
        (bounded(1).from().to_string(), bounded(1).until()),
        ("2013-01-01T00:00:00Z".into(), received)
    );
    assert_eq!(
        demand.parts[0].sub_categories_of(Category::Subscriber),
        [SubCategory::RegistrationAddress]
    );
    let json = serde_json::to_vec(&demand).unwrap();
    assert_eq!(Demand::parse(&json).unwrap(), demand);

    for (from, to, field) in [
        (
            "categories = [\"content\"]",
            "categories = []",
            "part[1].categories",
        ),
        ("registration-address", "mailbox", "part[0].sub_categories"),
        ("registration-address", "colour", "part[0].sub_categories"),
        ("2013-01-01T00:00:00Z", "2013-01-01", "part[1].period"),
    ] {
        let wrong = Demand::parse(text.replace(from, to).as_bytes()).unwrap_err();
        assert!(wrong.to_string().contains(field), "{wrong}");
    }
}

#[test]
fn every_sub_category_has_one_word_and_one_category() {
    for (number, one) in SubCategory::ALL.iter().enumerate() {
        let json = serde_json::to_string(one).unwrap();
        assert_eq!(json, format!("\"{one}\""));
        let twin = SubCategory::ALL[..number]
            .iter()
            .find(|other| other.as_str() == one.as_str());
        assert!(twin.is_none(), "{one}");
        assert!(Category::ALL.contains(&one.category()));
    }
}
