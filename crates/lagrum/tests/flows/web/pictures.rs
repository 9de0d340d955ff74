//! Files of strangers as pictures: shut in, held to limits, and beside the work.

use std::io::Write as _;
use std::time::{Duration, Instant};

use base64::Engine as _;

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress};
use lagrum_pictures::testing::{pdf_of, written};
use lagrum_pictures::{Kind, Pages};

use super::Served;
use crate::by_hand::Hand;

fn pages() -> Pages {
    let program = env!("CARGO_BIN_EXE_lagrum").into();
    Pages::new(program, vec!["read-file-of-a-stranger".to_owned()])
}

#[test]
fn a_file_of_a_stranger_is_read_by_a_process_that_can_do_nothing_else() {
    let still: Vec<String> = pages().still_possible().unwrap();
    assert_eq!(still, Vec::<String>::new());
}

fn page(contents: &str, more: &[String]) -> Vec<u8> {
    let resources = "<< /XObject << /X0 5 0 R >> >>";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {resources} >>"
        ),
        format!(
            "<< /Length {} >>\nstream\n{contents}\nendstream",
            contents.len()
        ),
    ];
    objects.extend_from_slice(more);
    written(&objects)
}

fn form(drawn: &str, uses: &str) -> String {
    format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << {uses} >> >> /Length {} >>\nstream\n{drawn}\nendstream",
        drawn.len()
    )
}

/// A stream that unpacks to so many megabytes of blanks, in hexadecimal.
fn unpacks_to(megabytes: usize) -> String {
    let mut packer = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(1 << 20);
    let blanks = vec![b' '; 1 << 20];
    packer
        .compress_vec(&blanks, &mut block, FlushCompress::Full)
        .unwrap();
    // Header (RFC 1950), blocks, an empty last block (RFC 1951, 3.2.4); the checksum is left out.
    let all = [
        &[0x78, 0xda][..],
        &block.repeat(megabytes),
        &[1, 0, 0, 0xff, 0xff],
    ]
    .concat();
    hex::encode(all) + ">"
}

/// A PNG of that size, all black.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], body: &[u8]| {
        out.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        let checked = [kind, body].concat();
        out.extend(&checked);
        let mut crc = flate2::Crc::new();
        crc.update(&checked);
        out.extend(crc.sum().to_be_bytes());
    };
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    chunk(b"IHDR", &head);
    let row = vec![0; 1 + 3 * usize::try_from(width).unwrap()];
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
    // Not all of them: nobody should ask for them.
    for _ in 0..height.min(100) {
        rows.write_all(&row).unwrap();
    }
    chunk(b"IDAT", &rows.finish().unwrap());
    chunk(b"IEND", &[]);
    out
}

/// Files that cost more than they weigh, or never end.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let whole = pdf_of(&[&["a page"]]);
    let again = "/X0 Do ".repeat(10);
    // Each form draws the next ten times: ten to the tenth in all.
    let deep: Vec<String> = (0..10)
        .map(|level| form(&again, &format!("/X0 {} 0 R", 6 + level)))
        .chain([form("0 0 1 1 re f", "")])
        .collect();
    let bomb = unpacks_to(512);
    let stream = format!(
        "/Filter [/ASCIIHexDecode /FlateDecode] /Length {}",
        bomb.len()
    );
    let long = written(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>".to_owned(),
        format!("<< {stream} >>\nstream\n{bomb}\nendstream"),
    ]);
    let immense = page(
        "595 0 0 842 0 0 cm /X0 Do",
        &[format!(
            "<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceRGB /BitsPerComponent 8 {stream} >>\nstream\n{bomb}\nendstream"
        )],
    );
    let mut loops = b"II*\0\x08\0\0\0".to_vec();
    // A directory without entries that names itself as the next one.
    loops.extend([0, 0, 8, 0, 0, 0]);
    let text = |from: &str, to: &str| {
        String::from_utf8_lossy(&whole)
            .replace(from, to)
            .into_bytes()
    };
    vec![
        (
            "a form that draws itself",
            page("/X0 Do", &[form("/X0 Do", "/X0 5 0 R")]),
        ),
        ("forms in forms", page(&again, &deep)),
        ("a stream that unpacks to half a gigabyte", long),
        ("a page with a picture of 900 million dots", immense),
        (
            "a page of a thousand kilometres",
            text("[0 0 595 842]", "[0 0 1e9 9e9]"),
        ),
        ("a page without a size", text("[0 0 595 842]", "[0 0 0 0]")),
        (
            "pages that contain themselves",
            text("/Kids [4 0 R ]", "/Kids [2 0 R ]"),
        ),
        ("half a file", whole[..whole.len() / 2].to_vec()),
        ("a picture of 144 million dots", png(12_000, 12_000)),
        ("a picture too wide", png(30_000, 2)),
        ("a fax whose pages go round", loops),
        (
            "nothing but the first bytes of a photograph",
            b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(),
        ),
    ]
}

#[test]
fn hostile_files_end_in_an_answer_and_the_next_file_is_shown() {
    let pages = pages();
    let mut told = Vec::new();
    for (what, file) in hostile() {
        assert!(Kind::of(&file).is_some(), "{what}");
        let begin = Instant::now();
        let looked = pages.look(&file).map(|paper| paper.pages.len());
        let made = pages.picture(&file, 0, 1240).map(|png| png.len());
        told.push(format!(
            "{what}: {looked:?}, {made:?}, {:?}",
            begin.elapsed()
        ));
        assert!(begin.elapsed() < Duration::from_secs(40), "{told:#?}");
        // It is not read again when the next page of the desk shows it.
        let again = Instant::now();
        assert_eq!(pages.look(&file).map(|paper| paper.pages.len()), looked);
        assert!(again.elapsed() < Duration::from_millis(500), "{what}");
        if let Ok(png) = &made {
            assert!(*png < 8 << 20, "{told:#?}");
        }
    }
    println!("{told:#?}");
    let good = pdf_of(&[&["Beslut"]]);
    assert_eq!(pages.look(&good).unwrap().text.trim(), "Beslut");
    assert!(pages.picture(&good, 0, 1240).is_ok());
}

#[test]
fn a_decision_as_pdf_stands_as_pictures_beside_the_form_and_suggests() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let decision = pdf_of(&[
        &[
            "STOCKHOLMS TINGSRÄTT",
            "Beslut 2026-03-02",
            "Konto: ann@hand.example",
        ],
        &["Sida två <script>alert(1)</script>"],
    ]);
    let arrived = [
        ("channel", "email"),
        ("from", "k.ek@polisen.example"),
        ("words", ""),
    ];
    let taken = olof.upload("/new", &arrived, &[("beslut.pdf", &decision)]);
    let case = taken.to()["/cases/".len()..]
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let form = format!("/cases/{case}/describe?kind=court-decision&parts=1");
    let page = olof.get(&form).ok();
    for shown in [
        "Page 1 of 2 of beslut.pdf",
        "Text that could be read out",
        "STOCKHOLMS TINGSRÄTT",
        "&lt;script&gt;",
        "value=\"part-1-identifiers=ann@hand.example\"",
    ] {
        page.says(shown);
    }
    page.says_not("<script>alert");
    let cut_off = "The end of this file is missing";
    page.says_not(cut_off);
    // What was cut off on its way is shown as far as it can be guessed, and that is said.
    let part = &decision[..decision.len() - 60];
    let taken = olof.upload("/new", &arrived, &[("cut.pdf", part)]);
    let other = taken.to()["/cases/".len()..].split('?').next().unwrap();
    let page = olof.get(&format!("/cases/{other}/originals/1")).ok();
    page.says("Page 1 of 2 of cut.pdf");
    page.says(cut_off);
    let original = format!("/cases/{case}/originals/1");
    let picture = olof.get(&format!("{original}/pages/2")).ok();
    assert_eq!(picture.header("content-type"), Some("image/png"));
    let size = |png: &[u8]| u32::from_be_bytes(png[16..20].try_into().unwrap());
    assert_eq!(size(&picture.bytes), 1240);
    let large = olof.get(&format!("{original}/pages/1?size=large")).ok();
    assert_eq!(size(&large.bytes), 2000);
    for nowhere in [
        "pages/0",
        "pages/3",
        "pages/x",
        "attached/1/file",
        "attached/1/pages/1",
    ] {
        assert_eq!(
            olof.get(&format!("{original}/{nowhere}")).status,
            404,
            "{nowhere}"
        );
    }
}

#[test]
fn what_is_attached_to_a_mail_is_shown_below_it_and_can_be_taken() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let decision = pdf_of(&[&["Beslut i AM-77-26"]]);
    let mail = format!(
        "From: k.ek@polisen.example\r\nSubject: Beslut\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\nContent-Type: text/plain\r\n\r\nSe bilaga.\r\n--xx\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"../../beslut.pdf\"\r\n\r\n{}\r\n--xx\r\nContent-Type: application/vnd.ms-word\r\nContent-Disposition: attachment; filename=\"makro.docm\"\r\n\r\nPK\u{3}\u{4}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r\n--xx--\r\n",
        base64::engine::general_purpose::STANDARD.encode(&decision)
    );
    let arrived = [
        ("channel", "email"),
        ("from", "k.ek@polisen.example"),
        ("words", ""),
    ];
    let taken = olof.upload("/new", &arrived, &[("mail.eml", mail.as_bytes())]);
    let case = taken.to()["/cases/".len()..]
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let original = format!("/cases/{case}/originals/1");
    let page = olof.get(&original).ok();
    page.says("Se bilaga.");
    page.says("Page 1 of 1 of ../../beslut.pdf");
    page.says("Beslut i AM-77-26");
    page.says("office files can hold programs");
    let file = olof.get(&format!("{original}/attached/1/file")).ok();
    assert_eq!(file.bytes, decision);
    let named = file.header("content-disposition").unwrap();
    assert!(
        named.starts_with("attachment; filename=\"_.._beslut.pdf\""),
        "{named}"
    );
    let picture = olof.get(&format!("{original}/attached/1/pages/1")).ok();
    assert_eq!(picture.header("content-type"), Some("image/png"));
    assert_eq!(olof.get(&format!("{original}/attached/3/file")).status, 404);
}
