/// A space at which no line ends.
pub(crate) const TIE: &str = "\u{a0}";

/// How many characters are tied at most, so that a line is never much longer for it.
const LONGEST: usize = 24;

/// Words that belong to the number that follows.
const BEFORE: [&str; 24] = [
    "§",
    "§§",
    "kl.",
    "kap.",
    "art.",
    "artikel",
    "artikeln",
    "artiklarna",
    "artikler",
    "Artikel",
    "Article",
    "Articles",
    "stk.",
    "nr.",
    "avsnitt",
    "afsnit",
    "kapitel",
    "Kapitel",
    "Chapter",
    "Part",
    "SFS",
    "Section",
    "section",
    "sections",
];

/// Words that belong to the number before them.
const AFTER: [&str; 4] = ["§", "§§", "kap.", "U.S.C."];

/// A line in which what belongs together is not parted: a section's sign and its number, a day's
/// hour. Nothing else is tied, so that a line is never much longer for it.
#[must_use]
pub fn tied(line: &str) -> String {
    let mut tied = String::with_capacity(line.len());
    let mut words = line.split(' ').peekable();
    let mut length = 0;
    while let Some(word) = words.next() {
        tied.push_str(word);
        length += word.chars().count();
        let Some(next) = words.peek() else { break };
        let fits = length + 1 + next.chars().count() <= LONGEST;
        if fits && belong(word, next) {
            tied.push_str(TIE);
            length += 1;
        } else {
            tied.push(' ');
            length = 0;
        }
    }
    tied
}

fn belong(word: &str, next: &str) -> bool {
    let word = word.trim_start_matches(['(', '[', '"', '\'']);
    let is_number = |one: &str| one.starts_with(|c: char| c.is_ascii_digit());
    let stops = [',', ';', ':', ')'];
    let roman = next.trim_end_matches(['.', ',', ';', ':', ')']);
    let is_roman = !roman.is_empty() && roman.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    BEFORE.contains(&word) && (is_number(next) || is_roman)
        || is_number(word)
            && word.ends_with(|c: char| c.is_ascii_alphanumeric())
            && (AFTER.contains(&next.trim_end_matches(stops)) || next == "§.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_and_a_section_stay_together_and_no_other_words_do() {
        assert_eq!(tied("den 3 maj kl. 10.00"), "den 3 maj kl.\u{a0}10.00");
        assert_eq!(tied("18 U.S.C. § 2703(d)"), "18\u{a0}U.S.C. §\u{a0}2703(d)");
        assert_eq!(tied("(§ 5, §§ 6 och 7)"), "(§\u{a0}5, §§\u{a0}6 och 7)");
        for together in [
            "27 kap. 18 §",
            "Article 8",
            "artikel 8",
            "artiklarna 8.1",
            "stk. 4",
            "SFS 2026:239",
            "kapitel V",
            "avsnitt 3.6.1",
            "18 U.S.C.",
        ] {
            assert_eq!(tied(together), together.replace(' ', TIE));
        }
        for apart in [
            "paketkl. 10",
            "kl. kl. tio",
            "§ §",
            "kl. ",
            "x§ 5 §x 5",
            "5, § 6 stk",
            "Part A",
            "kapitel Vad",
        ] {
            let apart = apart.replace("§ 6", "§\u{a0}6");
            assert_eq!(tied(&apart), apart);
        }
    }

    #[test]
    fn what_is_tied_is_short_however_many_numbers_follow_each_other() {
        let all = tied(&"27 kap. 18 § ".repeat(40));
        for run in all.split(' ') {
            assert!(run.chars().count() <= LONGEST, "{run}");
        }
        let long = format!("§ {}", "0".repeat(30));
        assert_eq!(tied(&long), long);
    }
}
