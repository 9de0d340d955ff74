//! XML of a stranger as a tree: without declarations of its own, in limits.

use quick_xml::Reader;
use quick_xml::events::Event;

/// So many elements has an answer at most.
const MOST: usize = 100_000;
/// So deep do they lie.
const DEEPEST: usize = 16;

/// An element: its name without a prefix, its own text, and what lies in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) inside: Vec<Element>,
}

impl Element {
    /// The text of the element of this name, which lies in this one once.
    ///
    /// # Errors
    /// It lies there twice.
    pub(crate) fn text_of(&self, name: &str) -> Result<Option<&str>, &'static str> {
        let mut all = self.inside.iter().filter(|one| one.name == name);
        let first = all.next();
        match all.next() {
            None => Ok(first.map(|one| one.text.as_str())),
            Some(_) => Err("an element twice that is there once"),
        }
    }
}

/// Reads an answer.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn read(bytes: &[u8]) -> Result<Element, &'static str> {
    const TORN: &str = "an answer that is no XML";
    let text = std::str::from_utf8(bytes).map_err(|_| TORN)?;
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|_| TORN)?;
        let current = open.last_mut().ok_or(TORN)?;
        match event {
            Event::Start(start) => {
                count += 1;
                if count > MOST || open.len() > DEEPEST {
                    return Err("an answer of too many elements");
                }
                let name = start.local_name().as_ref().to_owned();
                open.push(Element {
                    name,
                    ..Element::default()
                });
            }
            Event::Empty(start) => {
                count += 1;
                if count > MOST {
                    return Err("an answer of too many elements");
                }
                let name = start.local_name().as_ref().to_owned();
                current.inside.push(Element {
                    name,
                    ..Element::default()
                });
            }
            Event::End(_) => {
                let ended = open.pop().ok_or(TORN)?;
                open.last_mut().ok_or(TORN)?.inside.push(ended);
            }
            Event::Text(text) => current.text += &text.xml10_content(),
            Event::CData(text) => current.text += &text.xml10_content(),
            Event::GeneralRef(reference) => {
                let letter = match reference.resolve_char_ref().map_err(|_| TORN)? {
                    Some(letter) => letter,
                    None => match &*reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err("an answer with declarations of its own"),
                    },
                };
                current.text.push(letter);
            }
            Event::DocType(_) => return Err("an answer with declarations of its own"),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let mut document = open.pop().filter(|_| open.is_empty()).ok_or(TORN)?;
    match (document.inside.pop(), document.inside.is_empty()) {
        (Some(root), true) => Ok(root),
        _ => Err(TORN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_what_declares_something_itself_is_refused() {
        let read_text = |text: &str| read(text.as_bytes());
        let root = read_text("<?xml version=\"1.0\"?>\n<a xmlns=\"x\"><b>1 &lt; &#x32;</b><c/><d><![CDATA[<&]]></d></a>").unwrap();
        assert_eq!(root.name, "a");
        assert_eq!(root.text_of("b"), Ok(Some("1 < 2")));
        assert_eq!(root.text_of("c"), Ok(Some("")));
        assert_eq!(root.text_of("d"), Ok(Some("<&")));
        assert_eq!(root.text_of("e"), Ok(None));
        assert!(read_text("<a><b/><b/></a>").unwrap().text_of("b").is_err());
        let deep = "<a>".repeat(1000);
        let many = format!("<a>{}</a>", "<b/>".repeat(MOST + 1));
        for (text, why) in [
            ("", "no XML"),
            ("<a>", "no XML"),
            ("<a></b>", "no XML"),
            ("<a/><b/>", "no XML"),
            ("text", "no XML"),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "declarations"),
            ("<a>&b;</a>", "declarations"),
            (&deep, "too many"),
            (&many, "too many"),
        ] {
            let refused = read_text(text).unwrap_err();
            assert!(refused.contains(why), "{why}: {refused}");
        }
        assert!(read(b"<a>\xff</a>").is_err());
    }
}
