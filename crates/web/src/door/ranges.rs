//! A piece of a file, as a browser asks for it that was cut off (RFC 9110, section 14).

use axum::http::HeaderMap;

/// What is sent of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it.
    Whole,
    /// So many bytes from there on.
    Piece { from: u64, length: u64 },
    /// Nothing of it is there.
    Nowhere,
}

/// What a request wants of a file of this length. What is not one range in bytes asks for all of it, and
/// so does a range of another file (`If-Range`).
pub(crate) fn wanted(headers: &HeaderMap, etag: &str, length: u64) -> Wanted {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text("if-range").is_some_and(|known| known != etag) {
        return Wanted::Whole;
    }
    let Some(range) = text("range").and_then(|text| text.strip_prefix("bytes=")) else {
        return Wanted::Whole;
    };
    let Some((first, last)) = range.split_once('-') else {
        return Wanted::Whole;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    match (number(first), number(last)) {
        (Some(from), _) if from >= length => Wanted::Nowhere,
        (Some(from), None) if last.is_empty() => Wanted::Piece {
            from,
            length: length - from,
        },
        (Some(from), Some(last)) if last >= from => Wanted::Piece {
            from,
            length: last.min(length - 1) - from + 1,
        },
        (None, Some(0)) if first.is_empty() => Wanted::Nowhere,
        (None, Some(most)) if first.is_empty() => {
            let most = most.min(length);
            Wanted::Piece {
                from: length - most,
                length: most,
            }
        }
        _ => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(range: &'static str, if_range: Option<&'static str>) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert("range", HeaderValue::from_static(range));
        if let Some(known) = if_range {
            headers.insert("if-range", HeaderValue::from_static(known));
        }
        wanted(&headers, "\"a\"", 10)
    }

    #[test]
    fn a_range_is_what_lies_in_the_file_and_everything_odd_asks_for_all_of_it() {
        let piece = |from, length| Wanted::Piece { from, length };
        assert_eq!(wanted(&HeaderMap::new(), "\"a\"", 10), Wanted::Whole);
        for (text, expected) in [
            ("bytes=0-", piece(0, 10)),
            ("bytes=3-", piece(3, 7)),
            ("bytes=3-3", piece(3, 1)),
            ("bytes=3-99999999999999999999", piece(3, 7)),
            ("bytes=-4", piece(6, 4)),
            ("bytes=-40", piece(0, 10)),
            ("bytes=10-", Wanted::Nowhere),
            ("bytes=99999999999999999999-", Wanted::Nowhere),
            ("bytes=-0", Wanted::Nowhere),
            ("bytes=4-3", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
        ] {
            assert_eq!(of(text, None), expected, "{text}");
        }
        assert_eq!(of("bytes=3-", Some("\"a\"")), piece(3, 7));
        assert_eq!(of("bytes=3-", Some("\"b\"")), Wanted::Whole);
    }
}
