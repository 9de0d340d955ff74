//! Sealed packages, opened ones, and the rows in them.

use super::*;

pub(super) fn all() -> Vec<Attack> {
    const ALL: &[Text] = &[
        (
            "sealed",
            "stanzas",
            "age-encryption.org/v1\n",
            "-> grease 0123456789\n",
            2 * MIB,
            "",
        ),
        (
            "sealed",
            "one-stanza",
            "age-encryption.org/v1\n-> X25519 a\n",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
            2 * MIB,
            "",
        ),
        (
            "sealed",
            "stanza-within",
            "age-encryption.org/v1\n-> X25519 a\n",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
            3900,
            "\n--- AAAA\n",
        ),
        (
            "sealed",
            "a-line",
            "age-encryption.org/v1\n",
            "a",
            8 * MIB,
            "",
        ),
        ("sealed", "lines", "", "a\n", 2 * MIB, ""),
        (
            "sealed",
            "armour",
            "-----BEGIN AGE ENCRYPTED FILE-----\n",
            "AAAA\n",
            2 * MIB,
            "-----END AGE ENCRYPTED FILE-----\n",
        ),
    ];
    let mut all: Vec<_> = of_texts(ALL).collect();
    for (name, kind) in [
        ("long-name", tar::EntryType::GNULongName),
        ("extended", tar::EntryType::XHeader),
        ("sparse", tar::EntryType::GNUSparse),
        ("plain", tar::EntryType::Regular),
    ] {
        all.push(attack("package", name, move || {
            let mut head = tar::Header::new_gnu();
            head.set_entry_type(kind);
            head.set_path("SUMMARY.txt").expect("a path");
            head.set_size(1 << 30);
            head.set_cksum();
            [head.as_bytes().as_slice(), &vec![b'a'; 8 * MIB]].concat()
        }));
    }
    all.push(attack("package", "many-files", || {
        let mut archive = tar::Builder::new(Vec::new());
        for _ in 0..4000 {
            let mut head = tar::Header::new_ustar();
            head.set_size(0);
            archive
                .append_data(&mut head, "SUMMARY.txt", std::io::empty())
                .expect("memory");
        }
        archive.into_inner().expect("memory")
    }));
    let fields = |count: usize| {
        let fields: Vec<_> = (0..count)
            .map(|number| format!("\"f{number}\":1"))
            .collect();
        format!("{{{}}}\n", fields.join(","))
    };
    all.push(attack("records", "long-row", || {
        between("{\"a\":\"", "x", 4 * MIB, "\"}\n")
    }));
    all.push(attack("records", "control-characters", || {
        between("{\"a\":\"", "\\u0001", 8 * MIB, "\"}\n")
    }));
    all.push(attack("records", "escapes", || {
        between("{\"a\":\"", "\\\"", 4 * MIB, "\"}\n")
    }));
    all.push(attack("records", "formulas", || {
        between("{\"a\":\"", ",=", 4 * MIB, "\"}\n")
    }));
    all.push(attack("records", "nested", || {
        between("{\"a\":", "[", 2 * MIB, "}\n")
    }));
    all.push(attack("records", "wide", move || {
        fields(1000).repeat(60).into_bytes()
    }));
    all.push(attack("records", "too-wide", move || {
        fields(200_000).into_bytes()
    }));
    all.push(attack("records", "other-names-each", || {
        let rows = (0..40_000).map(|number| format!("{{\"f{number}\":1}}\n"));
        rows.collect::<String>().into_bytes()
    }));
    let row = "{\"a\":1}\n";
    for (name, text) in [
        ("commas", ","),
        ("quotes", "\""),
        ("lines", "\n"),
        ("cells", "\"a\""),
    ] {
        all.push(attack("records", name, move || {
            let table = between("identifier,dated,a\n", text, 4 * MIB, "");
            [row.as_bytes(), b"\xff", &table].concat()
        }));
        all.push(attack("records", name, move || {
            let table = filled(text, 4 * MIB);
            [row.as_bytes(), b"\xff", &table].concat()
        }));
    }
    all.push(attack("package_made", "long-manifest-line", || {
        b"{}\xff\xff{\"path\":\"items/"
            .iter()
            .copied()
            .chain(filled("a", 2 * MIB))
            .chain(*b"\"}\xffx")
            .collect()
    }));
    all.push(attack("package_made", "many-items", || {
        let mut seed = lagrum_fuzz::seeds::of("package_made").remove(0);
        let at = seed.iter().enumerate().filter(|(_, byte)| **byte == 0xff);
        let second = at.map(|(at, _)| at).nth(1).expect("three pieces");
        let item = seed[second..].to_vec();
        for _ in 0..2000 {
            seed.extend_from_slice(&item);
        }
        seed
    }));
    all
}
