//! Mail in all of its forms.

use std::io::Write as _;

use super::*;

pub(super) fn all() -> Vec<Attack> {
    const MARCH: &str = "Date: Mon, 9 Mar 2026 12:00:00 +0000\n\n";
    const ALL: &[Text] = &[
        ("mail_date", "comments", "Date: ", "(", MIB, "\n\n"),
        ("mail_date", "comments-closed", "Date: ", "()", MIB, "\n\n"),
        ("mail_date", "folds", "Date: ", "\n ", MIB, "\n\n"),
        (
            "mail_date",
            "dates",
            "",
            "Date: Mon, 9 Mar 2026 12:00:00 +0000\n",
            MIB,
            "\n",
        ),
        (
            "mail_date",
            "date",
            "Date: Mon, 9 Mar 2026 12:00:00 ",
            "+",
            MIB,
            "\n\n",
        ),
        (
            "mail_date",
            "received",
            "",
            "Received: from a by b; x\n",
            MIB,
            "\n",
        ),
        (
            "mail_date",
            "addresses",
            "To: ",
            "<a@b>,(c)\"d\" ",
            MIB,
            "\n\n",
        ),
        (
            "mail_date",
            "encoded",
            "Subject: ",
            "=?utf-8?q?=41?= ",
            MIB,
            "\n\n",
        ),
        (
            "mail_date",
            "parameters",
            "Content-Type: multipart/mixed",
            ";a*0*=utf-8''%41",
            MIB,
            "\n\n",
        ),
        ("mail_date", "no-field", "", "x\n", MIB, "\n"),
        ("mail_date", "blanks", "Date:", " ", MIB, "\n\n"),
        (
            "message",
            "header-without-end",
            "",
            "Subject: x\n",
            4 * MIB,
            "",
        ),
        ("message", "no-end-of-line", "", "x", 4 * MIB, ""),
        ("message", "froms-in-a-line", MARCH, "From ", 2 * MIB, ""),
        ("message", "envelopes", MARCH, ENVELOPE, 2 * MIB, ""),
        (
            "message",
            "envelopes-with-dates",
            MARCH,
            "\nFrom ek@kvist.example Fri Apr 10 12:00:00 2026\nDate: Fri, 10 Apr 2026 12:00:00 +0000\n\n",
            2 * MIB,
            "",
        ),
        (
            "message",
            "envelopes-in-a-line",
            MARCH,
            "From ek@kvist.example Mon Mar  9 12:00:00 2026 ",
            2 * MIB,
            "",
        ),
        (
            "message",
            "returns",
            MARCH,
            "From a Mon Mar  9 12:00:00 2026\r",
            2 * MIB,
            "",
        ),
        (
            "message",
            "long-body",
            MARCH,
            "text and more of it\n",
            16 * MIB,
            "",
        ),
        (
            "message",
            "ends-of-parts",
            "Content-Type: multipart/mixed; boundary=b\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "--b--\nFrom ",
            2 * MIB,
            "",
        ),
        (
            "message",
            "boundary-of-dashes",
            "Content-Type: multipart/mixed; boundary=\"-----\"\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "-",
            2 * MIB,
            "",
        ),
        (
            "message",
            "holes",
            MARCH,
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0From ",
            2 * MIB,
            "",
        ),
        ("mbox", "froms-in-a-line", ENVELOPE, "From ", 2 * MIB, ""),
        ("mbox", "froms", ENVELOPE, "From \n", 2 * MIB, ""),
        ("mbox", "tabs", ENVELOPE, "From\t\n", 2 * MIB, ""),
        ("mbox", "envelopes", "", ENVELOPE, 2 * MIB, ""),
        (
            "mbox",
            "empty-messages",
            "",
            "From a Mon Mar  9 12:00:00 2026\nDate: x\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "lengths",
            "",
            "From a Mon Mar  9 12:00:00 2026\nDate: x\nContent-Length: 99999\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "lengths-of-one",
            "From a Mon Mar  9 12:00:00 2026\n",
            "Content-Length: 99999\n",
            MIB,
            "\nx\n",
        ),
        ("mbox", "one-line", ENVELOPE, "x", 4 * MIB, ""),
        ("mbox", "blanks", ENVELOPE, " ", 4 * MIB, ""),
        ("mbox", "zeros", "", "\0", 4 * MIB, ""),
        (
            "mbox",
            "holes",
            ENVELOPE,
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0From ",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "parts",
            "From a Mon Mar  9 12:00:00 2026\nContent-Type: multipart/mixed; boundary=b\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "--b\nFrom a Mon Mar  9 12:00:00 2026\nDate: x\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "nested-parts",
            "From a Mon Mar  9 12:00:00 2026\nContent-Type: multipart/mixed; boundary=b\n\n",
            "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "dashes",
            "From a Mon Mar  9 12:00:00 2026\nContent-Type: multipart/mixed; boundary=\"----\"\n\n",
            "-",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "words",
            ENVELOPE,
            "From a b c d e f g h i j k l m n o p q r s t u v w x y z ",
            2 * MIB,
            "",
        ),
        ("mbox", "fields", ENVELOPE, "Date: x\n", 4 * MIB, ""),
        ("mbox", "quoted", ENVELOPE, ">From a\n", 2 * MIB, ""),
        (
            "maildir",
            "one-long-message",
            "cur/1\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "x\n",
            8 * MIB,
            "",
        ),
    ];
    let mut all: Vec<_> = of_texts(ALL).collect();
    // A message that is withheld is kept in a sealed archive, which has a block for each.
    for attack in &mut all {
        if attack.reader == "mbox" && ["empty-messages", "lengths"].contains(&attack.name) {
            let messages = String::from_utf8_lossy(&(attack.bytes)())
                .matches("From a ")
                .count();
            attack.read = 512 * messages as u64;
        }
    }
    all.push(attack("maildir", "many-names", || {
        let piece = |number: u32| {
            let name = format!("cur/{number}:2,{}\n", "S".repeat(200));
            [name.as_bytes(), DATE.as_bytes(), b"\n\xff"].concat()
        };
        (0..256).flat_map(piece).collect()
    }));
    all.push(attack("maildir", "deep", || {
        let piece = |number: u32| format!("{number}/a/b/c/d/e/f/g/h/i/j\n").into_bytes();
        (0..256)
            .flat_map(|number| [piece(number), vec![0xff]].concat())
            .collect()
    }));
    let gzip = |text: &'static str, begin: String, length: usize| {
        move || {
            let mut packing =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packing.write_all(begin.as_bytes()).expect("memory");
            let piece = filled(text, MIB / text.len() * text.len());
            for _ in 0..length / MIB {
                packing.write_all(&piece).expect("memory");
            }
            packing.finish().expect("memory")
        }
    };
    let head = format!("{ENVELOPE}{MARCH}");
    for (reader, name, text, begin, length) in [
        ("mbox", "gzip-of-text", "text\n", head.clone(), 64 * MIB),
        ("mbox", "gzip-of-froms", "From \n", head, 8 * MIB),
        (
            "message",
            "gzip-of-text",
            "text\n",
            MARCH.to_owned(),
            64 * MIB,
        ),
        (
            "message",
            "gzip-of-header",
            "Subject: x\n",
            String::new(),
            64 * MIB,
        ),
        (
            "message",
            "gzip-beyond",
            "text\n",
            MARCH.to_owned(),
            300 * MIB,
        ),
        (
            "access_log",
            "gzip-of-a-line",
            "x",
            "{\"a\":\"".into(),
            64 * MIB,
        ),
        ("access_log", "gzip-of-zeros", "\0", String::new(), 64 * MIB),
    ] {
        all.push(Attack {
            read: length as u64,
            ..attack(reader, name, gzip(text, begin, length))
        });
    }
    // A frame that wants a window of 2^31 bytes, and frames of nothing.
    all.push(attack("packed", "window", || {
        b"\x28\xb5\x2f\xfd\x00\xa8\x00\x00\x00".to_vec()
    }));
    all.push(attack("packed", "frames", || {
        b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00".repeat(100_000)
    }));
    all.push(attack("packed", "skippable", || {
        b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00\x50\x2a\x4d\x18\x00\x00\x00\x00".repeat(50_000)
    }));
    all.push(attack("packed", "members", || {
        let empty = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        empty.finish().expect("memory").repeat(40_000)
    }));
    all
}
