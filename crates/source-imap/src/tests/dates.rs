//! Which of three dates decides, for messages whose dates lie on different sides of the borders.

use jiff::Timestamp;
use lagrum_model::DateRule;
use lagrum_source::Source as _;

use super::dovecot::Dovecot;
use super::{ANN, opened, search};

/// The borders of January 2026 and the seconds beside them (UTC), each in a zone of its own, and whether it lies
/// inside.
const PLACES: [(&str, &str, bool); 4] = [
    (
        "2025-12-31T23:59:59Z",
        "Thu, 01 Jan 2026 00:59:59 +0100",
        false,
    ),
    (
        "2026-01-01T00:00:00Z",
        "Wed, 31 Dec 2025 19:00:00 -0500",
        true,
    ),
    (
        "2026-01-31T23:59:59Z",
        "Sun, 01 Feb 2026 05:44:59 +0545",
        true,
    ),
    (
        "2026-02-01T00:00:00Z",
        "Sun, 01 Feb 2026 01:00:00 +0100",
        false,
    ),
];

#[test]
fn the_date_that_the_operator_chose_decides_at_a_server_and_no_other() {
    let server = Dovecot::start(&[ANN]);
    server.folder("ann", "Sent");
    server.flags("ann");
    let mut made = Vec::new();
    for (_, header, header_in) in PLACES {
        for (_, received, received_in) in PLACES {
            for (internal, _, internal_in) in PLACES {
                let number = made.len();
                let message = format!(
                    "Received: by mx.kvist.example; {received}\r\nSubject: {number}\r\nDate: {header}\r\n\r\ntext\r\n"
                );
                let at: Timestamp = internal.parse().unwrap();
                let seconds = u64::try_from(at.as_second()).unwrap();
                let name = format!("1700000000.M{number}P1.mx,S={}:2,S", message.len());
                server.put_received("ann", &name, message.as_bytes(), seconds);
                made.push((message, [header_in, received_in, internal_in]));
            }
        }
    }
    for (place, (written, rule)) in [
        ("", DateRule::MessageDate),
        ("date = \"received\"", DateRule::ReceivedField),
        ("date = \"internal\"", DateRule::InternalDate),
    ]
    .into_iter()
    .enumerate()
    {
        let source = opened(server.port, written).unwrap();
        assert_eq!(source.about().date_rule, rule);
        let (counts, taken) = search(&source, "ann").unwrap().unwrap();
        assert_eq!((counts.examined, counts.for_review), (64, 0), "{rule}");
        let mut found: Vec<_> = taken.items.into_iter().map(|(_, bytes)| bytes).collect();
        let inside = made.iter().filter(|(_, inside)| inside[place]);
        let mut truth: Vec<_> = inside.map(|(text, _)| text.clone().into_bytes()).collect();
        found.sort();
        truth.sort();
        assert_eq!(found.len(), 32, "{rule}");
        assert!(found == truth, "{rule}");
    }
    let Err(why) = opened(server.port, "date = \"delivered\"") else {
        panic!("taken")
    };
    let why = why.to_string();
    assert!(
        why.contains("write header or received or internal"),
        "{why}"
    );
}
