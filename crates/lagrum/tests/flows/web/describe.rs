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
