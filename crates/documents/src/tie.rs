/// A space at which no line ends.
pub(crate) const TIE: &str = "\u{a0}";

/// A line in which what belongs together is not parted: a section's sign and its number, a day's
/// hour. Nothing else is tied, so that a line is never much longer for it.
#[must_use]
pub fn tied(line: &str) -> String {
    let mut tied = String::with_capacity(line.len());
    let mut words = line.split(' ').peekable();
    while let Some(word) = words.next() {
        tied.push_str(word);
        let Some(next) = words.peek() else { break };
        let sign = word.trim_start_matches(['(', '[', '"', '\'']);
        let belongs =
            matches!(sign, "§" | "§§" | "kl.") && next.starts_with(|c: char| c.is_ascii_digit());
        tied.push_str(if belongs { TIE } else { " " });
    }
    tied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_and_a_section_stay_together_and_no_other_words_do() {
        assert_eq!(tied("den 3 maj kl. 10.00"), "den 3 maj kl.\u{a0}10.00");
        assert_eq!(tied("18 U.S.C. § 2703(d)"), "18 U.S.C. §\u{a0}2703(d)");
        assert_eq!(tied("(§ 5, §§ 6 och 7)"), "(§\u{a0}5, §§\u{a0}6 och 7)");
        for apart in ["paketkl. 10", "kl. kl. tio", "§ §", "kl. ", "x§ 5 §x 5"] {
            assert_eq!(tied(apart), apart);
        }
    }
}
