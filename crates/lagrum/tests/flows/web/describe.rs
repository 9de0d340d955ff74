//! A description that is corrected: what nobody touched stays as it was.

use super::Served;
use super::client::Answer;
use crate::by_hand::Hand;

/// Facts of a demand for which the form of its instrument has no field, and facts for which it has one.
const MORE: &str = r#"
[emergency]
threat_to = "person"
facts = "a threat that was made \"today\" & <now>"

[secrecy]
provision = "Rättegångsbalken 27 kap. 24 §"
until = "2026-12-31T23:00:00Z"

[process]
answer_by = "2026-12-01T10:00:00Z"
service = "mail & calendar"
controller_is_told = false

[[part]]
identifiers = [{ kind = "ip-address", value = { address = "198.51.100.23", port = 51234, at = "2026-08-20T19:04:11Z" } }]
categories = ["subscriber"]
sub_categories = ["name"]
"#;

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (sign, word) in [
        ("<", "&lt;"),
        (">", "&gt;"),
        ("\"", "&quot;"),
        ("'", "&#39;"),
        ("&", "&amp;"),
    ] {
        text = text.replace(word, sign);
    }
    text
}

/// What a browser would send of the form that goes to `path`.
fn filled(page: &Answer, path: &str) -> Vec<(String, String)> {
    let text = page.text();
    let (_, form) = text
        .split_once(&format!("action=\"{path}\" method=\"post\""))
        .unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(unescaped(rest.split_once('"')?.0))
    };
    let mut fields = Vec::new();
    let mut chosen = None;
    for piece in form.split('<').skip(1) {
        let (tag, inside) = piece.split_once('>').unwrap();
        let word = tag.split(' ').next().unwrap();
        let name = attribute(tag, "name");
        let value = attribute(tag, "value").unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or_default();
        match (word, name) {
            ("input", Some(_)) if kind == "file" => {}
            ("input", Some(_))
                if ["checkbox", "radio"].contains(&kind.as_str()) && !tag.ends_with(" checked") => {
            }
            ("input", Some(name)) => fields.push((name, value)),
            ("textarea", Some(name)) => fields.push((name, unescaped(inside))),
            ("select", name) => chosen = name,
            ("option", _) if tag.ends_with(" selected") => {
                fields.push((chosen.clone().unwrap(), value));
            }
            _ => {}
        }
    }
    fields
}

#[test]
fn a_description_that_is_looked_at_and_sent_back_is_the_same_to_the_last_fact() {
    let hand = Hand::ready();
    let text = hand.demand("AM-90-26") + MORE;
    let file = hand.write("more.toml", text);
    let taken = hand.json(&["intake", &file]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let before = hand.json(&["case", &case])["demand"].clone();
    assert_eq!(
        before["process"]["answer_by"], "2026-12-01T10:00:00Z",
        "{taken}"
    );
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let path = format!("/cases/{case}/describe");
    let mut fields = filled(&olof.get(&path).ok(), &path);
    for (name, value) in &mut fields {
        if name == "reference" {
            value.push_str(" A");
        }
    }
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let checked = olof.post(&path, &fields).ok();
    checked.says("Check your answers");
    let done = olof.post(&format!("{path}/done"), &fields);
    assert_eq!(done.status, 303, "{}", done.text());
    let mut after = hand.json(&["case", &case])["demand"].clone();
    assert_eq!(after["reference"], "AM-90-26 A");
    after["reference"] = "AM-90-26".into();
    assert_eq!(after, before);
}

/// Instruments with the facts that the law asks of them, beside those that every one has.
const ASKED_OF: [(&str, &str, &str); 4] = [
    (
        "european-production-order",
        "notification = \"not-required\"\ncustomer_cannot_be_asked = true\n",
        "[sentence]\nmonths = 6\nin_absentia = false\nabsconded = true\n\
         [process]\ncontroller_is_told = false\n\
         [secrecy]\nprovision = \"Article 13\"\nissued_by = { name = \"Amtsgericht Berlin\", kind = \"judge\" }\n\
         ordered_on = \"2026-03-01\"\nuntil = \"2026-12-31T23:00:00Z\"\n",
    ),
    (
        "national-security-letter",
        "certified = true\n",
        "[secrecy]\nprovision = \"18 U.S.C. § 2709(c)\"\ncertified = true\nreview_notice = true\n",
    ),
    (
        "police-request",
        "digital_services = { reasons = true, redress = false, language = true }\n",
        "[secrecy]\nprovision = \"LEK 9 kap. 31 §\"\n",
    ),
    (
        "search-warrant",
        "",
        "[process]\ncertificate_wanted = true\n",
    ),
];

/// Who issued and signed a demand, and the same with all that the form has of it.
const SIGNED: [(&str, &str); 2] = [
    (
        "kind = \"judge\" }\n",
        "kind = \"judge\", reference = \"B 1-26\" }\n",
    ),
    (
        "form = \"handwritten\" }]",
        "form = \"handwritten\" }, { name = \"A. Ek\", form = \"electronic\" }, { name = \"B. Al\", form = \"qualified\" }]",
    ),
];

const OFFENCE: &str =
    "[offence]\ndescription = \"trafficking in narcotics\"\nmaximum_penalty_months = 120\n";

#[test]
fn what_the_law_asks_of_a_demand_can_be_said_on_the_page() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    for (kind, of_instrument, more) in ASKED_OF {
        let of_court = "kind = \"court-decision\"\nmeasure = \"interception\"\n";
        let text = hand.demand(&format!("AM-{kind}"));
        assert!(text.contains(of_court));
        let of_kind = format!("kind = \"{kind}\"\n{of_instrument}");
        let text = match kind {
            // A letter names no offence.
            "national-security-letter" => text.replace(OFFENCE, ""),
            "search-warrant" => SIGNED.iter().fold(text, |text, (usual, whole)| {
                assert!(text.contains(usual));
                text.replacen(usual, whole, 1)
            }),
            _ => text,
        };
        let text = text
            .replace(of_court, &of_kind)
            .replace("[[part]]", &format!("{more}[[part]]"));
        let file = hand.write("asked.toml", text);
        let taken = hand.json(&["intake", &file]);
        assert!(taken["cases"][0]["unreadable"].is_null(), "{taken}");
        let described = taken["cases"][0]["case"].as_str().unwrap().to_owned();
        let described = hand.json(&["case", &described]);
        let page = format!("/cases/{}/describe", described["case"].as_str().unwrap());
        let fields = filled(&olof.get(&page).ok(), &page);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        // Another paper, described on the page alone.
        let paper = hand.write("paper.txt", format!("{kind}\n"));
        let other = hand.json(&["intake", &paper])["cases"][0]["case"]
            .as_str()
            .unwrap()
            .to_owned();
        let done = olof.post(&format!("/cases/{other}/describe/done"), &fields);
        assert_eq!(done.status, 303, "{kind}: {}", done.text());
        assert_eq!(
            hand.json(&["case", &other])["demand"],
            described["demand"],
            "{kind}"
        );
    }
}

#[test]
fn a_signature_without_its_form_is_asked_about_at_its_own_field_and_one_without_a_name_is_none() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let file = hand.write("signed.toml", hand.demand("AM-91-26"));
    let taken = hand.json(&["intake", &file]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let before = hand.json(&["case", &case])["demand"].clone();
    let path = format!("/cases/{case}/describe");
    let told = filled(&olof.get(&path).ok(), &path);
    let with = |name: &'static str, value: &'static str| {
        let mut fields: Vec<_> = told
            .iter()
            .filter(|(given, _)| given != name)
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.push((name, value));
        fields
    };
    let half = olof.post(&path, &with("signature-3", "B. Al"));
    assert!(
        half.text().contains("href=\"#signature-3-form\""),
        "{}",
        half.text()
    );
    let done = olof.post(
        &format!("{path}/done"),
        &with("signature-2-form", "electronic"),
    );
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(hand.json(&["case", &case])["demand"], before);
}
