//! Messages as a collection of ETSI TS 103 707 V1.6.1: `messages.xml`, and beside it each message as it was stored, in
//! `files/`, with its SHA-256.
//!
//! Sender and receivers are those that the message itself names (`From`; `To`, `Cc` and `Bcc`), which whoever wrote it
//! chose. A message without an instant of its own has no place: the form wants one.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use jiff::Timestamp;
use lagrum_package::Items;
use lagrum_package::layout::{ItemKind, ManifestLine};
use mail_parser::{Address, Message, MessageParser};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::files::{copy, create};
use crate::instants::microseconds;
use crate::{ConversionError, Converted, Package};

/// The namespace of the form (clause 5.3), and the one in which an element says its type.
const NAMESPACE: &str = "http://uri.etsi.org/03707/2020/02";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const COLLECTION: &str = "handoverItemCollection";
/// Headers are read up to here, in bytes: what stands behind is in the message alone.
const HEADERS: u64 = 1 << 20;
/// The longest text that a field of the form takes, in characters (TS 103 280, `LongString`).
const LONGEST: usize = 65_535;

type Xml = Writer<BufWriter<File>>;

/// Writes them.
pub(crate) fn write(from: &Package<'_>, to: &Path) -> Result<Converted, ConversionError> {
    let mut converted = Converted::default();
    let path = to.join("messages.xml");
    let fault = || ConversionError::io(&path);
    let mut open: Option<Xml> = None;
    for line in Items::of(from.directory)? {
        let line = line?;
        let Some(at) = line.dated.filter(|_| line.kind == ItemKind::Message) else {
            converted.left_out += 1;
            continue;
        };
        let place = format!("files/{}", line.path);
        let stored = to.join(&place);
        copy(from.directory, &line.path, &stored)?.is(&line)?;
        let headers = headers(&stored).map_err(ConversionError::io(&stored))?;
        let xml = match &mut open {
            Some(xml) => xml,
            // The form has no collection of nothing.
            none => none.insert(begun(create(&path)?).map_err(fault())?),
        };
        item(xml, (&line, at, &place), &headers).map_err(fault())?;
        converted.held += 1;
    }
    if let Some(xml) = open {
        ended(xml).map_err(fault())?;
    }
    Ok(converted)
}

fn begun(file: BufWriter<File>) -> io::Result<Xml> {
    let mut xml = Writer::new_with_indent(file, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let names = [("xmlns", NAMESPACE), ("xmlns:xsi", INSTANCE)];
    let collection = BytesStart::new(COLLECTION).with_attributes(names);
    xml.write_event(Event::Start(collection))?;
    Ok(xml)
}

fn ended(mut xml: Xml) -> io::Result<()> {
    xml.write_event(Event::End(BytesEnd::new(COLLECTION)))?;
    xml.get_mut().write_all(b"\n")?;
    xml.get_mut().flush()
}

/// The beginning of a message, with its headers.
fn headers(path: &Path) -> io::Result<Vec<u8>> {
    let mut begin = Vec::new();
    let file = lagrum_durable::open_plain(path).map_err(|fault| fault.source)?;
    file.take(HEADERS).read_to_end(&mut begin)?;
    Ok(begin)
}

/// One message: which of the manifest, its instant, and where it lies.
fn item(
    xml: &mut Xml,
    (line, at, place): (&ManifestLine, Timestamp, &str),
    headers: &[u8],
) -> io::Result<()> {
    let read = MessageParser::default().parse_headers(headers);
    let account = line.identifier.to_string();
    let from = named(read.as_ref().and_then(Message::from));
    let read = read.as_ref();
    let to = [Message::to, Message::cc, Message::bcc];
    let to = to.into_iter().flat_map(|of| named(read.and_then(of)));
    let to: Vec<_> = to.collect();
    // What the collection holds has no type in the schema, and a payload has several: both are said.
    inside(xml, typed("handoverItem", "HandoverItem"), |xml| {
        xml.write_event(Event::Empty(BytesStart::new("header")))?;
        inside(xml, typed("payload", "MessagingPayload"), |xml| {
            inside(xml, BytesStart::new("coreParameters"), |xml| {
                if !from.is_empty() {
                    party(xml, "messageSender", &from, &account)?;
                }
                if !to.is_empty() {
                    inside(xml, BytesStart::new("messageReceivers"), |xml| {
                        to.iter().try_for_each(|one| {
                            party(xml, "recipient", std::slice::from_ref(one), &account)
                        })
                    })?;
                }
                text(xml, "timestamp", &microseconds(at))?;
                inside(xml, BytesStart::new("associatedBinaryData"), |xml| {
                    inside(xml, BytesStart::new("binaryObject"), |xml| {
                        text(xml, "url", &as_address(place))?;
                        text(xml, "contentLength", &line.length.to_string())?;
                        text(xml, "contentType", "message/rfc822")?;
                        text(xml, "checksum", &format!("SHA-256 {}", line.sha256))
                    })
                })
            })
        })
    })
}

/// An element with what `within` writes in it.
fn inside(
    xml: &mut Xml,
    element: BytesStart<'_>,
    within: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let end = element.to_end().into_owned();
    xml.write_event(Event::Start(element))?;
    within(xml)?;
    xml.write_event(Event::End(end))
}

/// An element that says its type.
fn typed(element: &'static str, is: &'static str) -> BytesStart<'static> {
    BytesStart::new(element).with_attributes([("xsi:type", is)])
}

/// Somebody who wrote or got a message, by all their addresses; whether it is the account that was asked for, where one
/// of them is.
fn party(xml: &mut Xml, element: &str, addresses: &[String], account: &str) -> io::Result<()> {
    inside(xml, BytesStart::new(element), |xml| {
        inside(xml, BytesStart::new("identifiers"), |xml| {
            addresses
                .iter()
                .try_for_each(|one| text(xml, "identifier", one))
        })?;
        match addresses
            .iter()
            .any(|one| one.eq_ignore_ascii_case(account))
        {
            true => text(xml, "isTargetedParty", "true"),
            false => Ok(()),
        }
    })
}

fn text(xml: &mut Xml, element: &str, text: &str) -> io::Result<()> {
    // What XML has no way to write (section 2.2) is shown as missing.
    let known = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let shown = text.chars().take(LONGEST);
    let shown: String = shown
        .map(|c| {
            if known(c) {
                c
            } else {
                char::REPLACEMENT_CHARACTER
            }
        })
        .collect();
    xml.create_element(element)
        .write_text_content(BytesText::new(&shown))?;
    Ok(())
}

/// The addresses in a header.
fn named(addresses: Option<&Address<'_>>) -> Vec<String> {
    let all = addresses.into_iter().flat_map(Address::iter);
    let all = all.filter_map(|one| one.address()).map(str::trim);
    all.filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A path as a relative address (RFC 3986, section 2).
fn as_address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' => {
                address.push(byte.into());
            }
            _ => address += &format!("%{byte:02X}"),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "what tests make belongs to nobody"
    )]

    use super::*;

    #[test]
    fn whatever_a_message_calls_its_people_the_form_can_be_read() {
        let kept = tempfile::tempdir().unwrap();
        let path = kept.path().join("messages.xml");
        let mut xml = begun(create(&path).unwrap()).unwrap();
        let odd = "<a href='x'>&amp;]]>\u{1}\u{ffff}\u{b}@b.example";
        party(&mut xml, "messageSender", &[odd.to_owned()], "C@d.example").unwrap();
        party(
            &mut xml,
            "recipient",
            &["c@D.example".to_owned()],
            "C@d.example",
        )
        .unwrap();
        ended(xml).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        let mut reader = quick_xml::Reader::from_str(&written);
        let mut identifiers: Vec<String> = Vec::new();
        let mut inside = false;
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(start) => {
                    inside = start.name().as_ref() == "identifier";
                    identifiers.extend(inside.then(String::new));
                }
                Event::End(_) => inside = false,
                Event::Text(text) if inside => {
                    identifiers
                        .last_mut()
                        .unwrap()
                        .push_str(&text.xml10_content());
                }
                Event::GeneralRef(name) if inside => {
                    let written = format!("&{};", &*name);
                    let read = quick_xml::escape::unescape(&written).unwrap();
                    identifiers.last_mut().unwrap().push_str(&read);
                }
                _ => {}
            }
        }
        let shown = odd.replace(['\u{1}', '\u{ffff}', '\u{b}'], "\u{fffd}");
        assert_eq!(identifiers, [shown.as_str(), "c@D.example"]);
        assert_eq!(written.matches("isTargetedParty>true<").count(), 1);
    }

    #[test]
    fn the_address_of_a_file_leads_to_it() {
        assert_eq!(
            as_address("files/items/a@b.example/1 %.eml"),
            "files/items/a@b.example/1%20%25.eml"
        );
    }
}
