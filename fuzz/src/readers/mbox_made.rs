//! An mbox that is made of messages, with separators of every kind between them and headers that say
//! true and false things of what follows: what nobody could take for anything else comes out message by
//! message, and what is handed over passes the re-check.

use arbitrary::{Result, Unstructured};

use super::mbox;
use crate::data_side::{DataSide, write};

/// What stands between two messages, or looks like it.
const SEPARATORS: [&str; 10] = [
    "From ek@kvist.example Mon Mar  9 12:00:00 2026\n",
    "From ek@kvist.example Fri Apr 10 12:00:00 2026\r\n",
    "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n",
    "From the archive\n",
    "From\n",
    ">From ek@kvist.example Mon Mar  9 12:00:00 2026\n",
    "\u{feff}From ek@kvist.example Mon Mar  9 12:00:00 2026\n",
    "\0\0\0\0From ek@kvist.example Mon Mar  9 12:00:00 2026\n",
    "From ek@kvist.example Mon Mar  9 12:00:00 2026\r",
    " From ek@kvist.example Mon Mar  9 12:00:00 2026\n",
];

/// Fields of a header.
const FIELDS: [&str; 10] = [
    "Date: Mon, 9 Mar 2026 12:00:00 +0000\n",
    "Date: Fri, 10 Apr 2026 12:00:00 +0000\n",
    "Date: soon\n",
    "Received: from a\n\tby b; Mon, 9 Mar 2026 12:00:00 +0000\n",
    "Subject: x\n",
    "Content-Type: multipart/mixed; boundary=\"b\"\n",
    "Content-Type: multipart/mixed;\n boundary=b\n",
    "Content-Type: message/rfc822\n",
    "no field\n",
    " \n",
];

/// Pieces of a body.
const BODY: [&str; 10] = [
    "text\n",
    "\n",
    "--b\n",
    "--b--\n",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\u{c}",
    "Date: Fri, 10 Apr 2026 12:00:00 +0000\n",
    "diff --git a/x b/x\n",
    "text without an end",
    "\r\n",
];

/// A mailbox, and how many messages are in it if nobody can doubt that.
struct Made {
    bytes: Vec<u8>,
    certain: Option<usize>,
}

fn made(input: &mut Unstructured<'_>) -> Result<Made> {
    let plain = input.arbitrary::<bool>()?;
    let mut bytes = Vec::new();
    let mut count = 0;
    while !input.is_empty() && bytes.len() < 1 << 20 {
        if count > 0 || input.ratio(1, 8)? {
            bytes.extend_from_slice(if plain {
                b"\n"
            } else {
                input.choose(&[&b"\n"[..], b"\r\n", b""])?
            });
        }
        let separator = if plain {
            SEPARATORS[0]
        } else {
            *input.choose(&SEPARATORS)?
        };
        bytes.extend_from_slice(separator.as_bytes());
        count += 1;
        message(input, plain, &mut bytes)?;
    }
    let certain = (plain && count > 0).then_some(count);
    Ok(Made { bytes, certain })
}

fn message(input: &mut Unstructured<'_>, plain: bool, bytes: &mut Vec<u8>) -> Result<()> {
    if plain {
        bytes.extend_from_slice(FIELDS[usize::from(input.arbitrary::<bool>()?)].as_bytes());
        bytes.extend_from_slice(b"Subject: x\n\n");
        for _ in 0..input.int_in_range(0..=20)? {
            bytes.extend_from_slice(b"text\n");
        }
        return Ok(());
    }
    let mut body = Vec::new();
    for _ in 0..input.int_in_range(0..=12)? {
        match input.int_in_range(0..=9)? {
            0 => body.extend_from_slice(input.choose(&SEPARATORS)?.as_bytes()),
            1 => {
                let length = input.int_in_range(0..=600)?;
                body.extend_from_slice(input.bytes(length.min(input.len()))?);
            }
            2 => body.extend(std::iter::repeat_n(b'x', input.int_in_range(0..=70_000)?)),
            _ => body.extend_from_slice(input.choose(&BODY)?.as_bytes()),
        }
    }
    for _ in 0..input.int_in_range(0..=5)? {
        bytes.extend_from_slice(input.choose(&FIELDS)?.as_bytes());
    }
    if input.ratio(1, 3)? {
        let off = input.int_in_range(-3_i64..=3)?;
        let length = match input.int_in_range(0..=3)? {
            0 => i64::from(input.arbitrary::<i32>()?),
            _ => body.len() as i64 + off,
        };
        bytes.extend_from_slice(format!("Content-Length: {length}\n").as_bytes());
    }
    if !input.ratio(1, 8)? {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(&body);
    Ok(())
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let Ok(Made { bytes, certain }) = made(&mut Unstructured::new(bytes)) else {
        return;
    };
    let messages = mbox::messages(&bytes);
    if let Some(count) = certain {
        assert_eq!(messages.len(), count, "{}", String::from_utf8_lossy(&bytes));
        assert!(messages.iter().all(|stored| stored.doubt.is_none()));
    }
    DataSide::get().search(&mbox::source(), |store| write(store, "box", &bytes));
}
