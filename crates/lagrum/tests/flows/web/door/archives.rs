//! Archives that officers, or whoever pretends to be one, send: nothing is unpacked.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use base64::Engine as _;
use flate2::write::DeflateEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

use super::{last_case, police, ready, sent};
use crate::by_hand::Hand;
use crate::support::files_below;
use crate::web::Served;

/// Of what is packed, this would be seen if it were unpacked anywhere.
const WITHIN: &str = "words-that-only-unpacking-shows";
/// The name of a file within.
const NAME: &str = "name-that-only-unpacking-makes.txt";

/// A member of an archive: its name, its bytes as they are packed, and what it says of them.
struct Member {
    name: String,
    packed: Vec<u8>,
    size: u32,
    sum: u32,
}

fn member(name: &str, bytes: &[u8]) -> Member {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    let mut sum = Crc::new();
    sum.update(bytes);
    Member {
        name: name.to_owned(),
        packed: packer.finish().unwrap(),
        size: bytes.len().try_into().unwrap(),
        sum: sum.sum(),
    }
}

/// A member that unpacks to so many megabytes of zeros.
fn zeros(name: &str, megabytes: usize) -> Member {
    let mut packer = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(1 << 20);
    let blanks = vec![0; 1 << 20];
    packer
        .compress_vec(&blanks, &mut block, FlushCompress::Full)
        .unwrap();
    let mut sum = Crc::new();
    (0..megabytes).for_each(|_| sum.update(&blanks));
    Member {
        name: name.to_owned(),
        // An empty last block (RFC 1951, 3.2.4).
        packed: [&block.repeat(megabytes)[..], &[1, 0, 0, 0xff, 0xff]].concat(),
        size: (megabytes << 20).try_into().unwrap(),
        sum: sum.sum(),
    }
}

/// A ZIP (APPNOTE 6.3.10, 4.3) of these members.
fn zip(members: &[Member]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for one in members {
        let at = u32::try_from(out.len()).unwrap();
        let mut head = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        head.extend(one.sum.to_le_bytes());
        head.extend(u32::try_from(one.packed.len()).unwrap().to_le_bytes());
        head.extend(one.size.to_le_bytes());
        head.extend(u16::try_from(one.name.len()).unwrap().to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(one.name.as_bytes());
        out.extend(&one.packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(one.name.as_bytes());
    }
    let (at, length) = (out.len(), directory.len());
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend(u32::try_from(length).unwrap().to_le_bytes());
    out.extend(u32::try_from(at).unwrap().to_le_bytes());
    out.extend([0, 0]);
    out
}

/// A tar (POSIX.1-1988, ustar) with one file under this name.
fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut head = [0; 512];
    head[..name.len()].copy_from_slice(name.as_bytes());
    head[100..108].copy_from_slice(b"0000644\0");
    head[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
    head[148..156].fill(b' ');
    head[156] = b'0';
    head[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut out = [&head[..], bytes].concat();
    out.resize(out.len().next_multiple_of(512) + 1024, 0);
    out
}

/// What is sent, and as what it is told.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let words = || member(NAME, WITHIN.as_bytes());
    let bomb = zip(&[zeros("zeros", 1024), words()]);
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    let outside: Vec<_> = [
        "../",
        "../../../../../../",
        "/tmp/",
        "..\\..\\",
        "C:\\",
        "./",
    ]
    .iter()
    .map(|to| member(&format!("{to}{NAME}"), WITHIN.as_bytes()))
    .collect();
    let outside = zip(&outside);
    let nested = (0..30).fold(bomb.clone(), |inner, _| {
        zip(&[member("inner.zip", &inner), words()])
    });
    let program = zip(&[
        member("[Content_Types].xml", b"<Types/>"),
        member("word/vbaProject.bin", WITHIN.as_bytes()),
    ]);
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3];
    gzip.extend(zeros("", 1024).packed);
    vec![
        ("bomb.zip", bomb.clone(), "(ZIP)"),
        ("outside.zip", outside.clone(), "(ZIP)"),
        ("nested.zip", nested, "(ZIP)"),
        (
            "cut-off.zip",
            outside[..outside.len() / 2].to_vec(),
            "(ZIP)",
        ),
        ("empty.zip", zip(&[]), "(ZIP)"),
        ("program.docm", program, "(ZIP)"),
        // Office files by their names alone.
        (
            "nonsense.docx",
            b"PK\x03\x04\xff\xfe\x00nonsense".to_vec(),
            "(ZIP)",
        ),
        (
            "old.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1nonsense".to_vec(),
            "(OLE)",
        ),
        ("archive.pdf", outside.clone(), "(ZIP)"),
        (
            "outside.tar",
            tar(&format!("../../{NAME}"), WITHIN.as_bytes()),
            "(tar)",
        ),
        ("bomb.gz", gzip, "(gzip)"),
    ]
}

/// Of a process: the most memory that it ever had in megabytes, and its time on a processor.
fn cost(process: u32) -> (u64, Duration) {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let peak = status.lines().find(|line| line.starts_with("VmHWM:"));
    let peak = peak.and_then(|line| line.split_whitespace().nth(1));
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    // utime, stime, cutime and cstime, of itself and of the processes that it waited for, in hundredths (proc(5)).
    let ticks = fields.split_whitespace().skip(11).take(4);
    let ticks: u64 = ticks.map(|one| one.parse::<u64>().unwrap()).sum();
    let peak: u64 = peak.unwrap().parse().unwrap();
    (peak >> 10, Duration::from_millis(ticks * 10))
}

/// Where what is unpacked would lie: below the provider and the test, beside it, and where the program runs.
fn unpacked(hand: &Hand) -> Vec<PathBuf> {
    let here = PathBuf::from(hand.path(""));
    let above = here.ancestors().map(|one| one.join(NAME));
    let mut found: Vec<_> = above.filter(|one| one.exists()).collect();
    found.extend([PathBuf::from(NAME)].into_iter().filter(|one| one.exists()));
    let below = files_below(&here).into_iter();
    found.extend(below.filter(|file| {
        let bytes = fs::read(file).unwrap();
        let holds = bytes
            .windows(WITHIN.len())
            .any(|one| one == WITHIN.as_bytes());
        file.to_string_lossy().contains(NAME) || holds
    }));
    found
}

#[test]
fn archives_and_what_is_called_an_office_file_are_kept_as_they_came_and_never_unpacked() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let mut ek = police(&served);
    let mut olof = served.browser("olof");
    let all = hostile();
    let (memory, time) = cost(served.process());
    for (number, (name, bytes, form)) in all.iter().enumerate() {
        let begin = Instant::now();
        let path = sent(&mut ek, &format!("AM-{number}-26"), &[(name, bytes)]);
        ek.get(&path).ok().says(name);
        let case = last_case(&hand);
        let original = format!("/cases/{case}/originals/1");
        for page in [
            &original,
            &format!("/cases/{case}/describe?kind=subpoena&parts=1"),
        ] {
            let page = olof.get(page).ok();
            page.says(&format!("This file is packed {form}"));
            page.says("Nothing is unpacked here");
            page.says_not(NAME);
            page.says_not(WITHIN);
        }
        let taken = olof.get(&format!("{original}/file")).ok();
        assert_eq!(taken.bytes, *bytes, "{name}");
        assert_eq!(
            taken.header("content-type"),
            Some("application/octet-stream")
        );
        for nowhere in ["pages/1", "attached/1/file"] {
            assert_eq!(
                olof.get(&format!("{original}/{nowhere}")).status,
                404,
                "{name}"
            );
        }
        assert!(begin.elapsed() < Duration::from_secs(30), "{name}");
    }
    // Within a mail it is the same.
    let encoded = base64::engine::general_purpose::STANDARD.encode(&all[0].1);
    let mail = format!(
        "From: k.ek@polisen.example\r\nSubject: Beslut\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"../../bomb.zip\"\r\n\r\n{encoded}\r\n--xx--\r\n"
    );
    sent(&mut ek, "AM-99-26", &[("mail.eml", mail.as_bytes())]);
    let original = format!("/cases/{}/originals/1", last_case(&hand));
    olof.get(&original).ok().says("This file is packed (ZIP)");
    let taken = olof.get(&format!("{original}/attached/1/file")).ok();
    assert_eq!(taken.bytes, all[0].1);

    // More than four gigabytes would have been unpacked. What was sent is at most two megabytes each.
    let (memory_after, time_after) = cost(served.process());
    assert!(memory_after < memory + 128, "{memory} to {memory_after} MB");
    let spent = time_after.checked_sub(time).unwrap();
    assert!(spent < Duration::from_secs(30), "{spent:?}");
    println!("{memory} to {memory_after} MB, {spent:?} on a processor");
    assert_eq!(unpacked(&hand), Vec::<PathBuf>::new());
    // The looking itself finds what is there.
    let planted = hand.write(NAME, WITHIN);
    assert_eq!(unpacked(&hand), vec![PathBuf::from(planted); 2]);
}
