use proptest::prelude::*;

use super::*;

fn split(text: &str) -> Vec<String> {
    words_of(text)
}

#[test]
fn a_text_is_its_words_in_lower_case_without_marks_between_them() {
    assert_eq!(
        split("Ring Åklagaren, om AM-123-26 (EU:s order)!"),
        ["ring", "åklagaren", "om", "am", "123", "26", "eu", "order"]
    );
    assert_eq!(
        split("alder_1@kvist.example – don't"),
        ["alder", "kvist", "example", "don"]
    );
    assert_eq!(split("a § 7 – å …"), [""; 0]);
    // The Greek question mark is a semicolon when it is composed; and no mark of a letter stands on the space.
    assert_eq!(split("\u{37e}\u{1e08f} τι\u{37e}"), ["τι"]);
    // A narrow space that does not break is a space.
    assert_eq!(
        split("alors\u{202f}: 10\u{202f}000"),
        ["alors", "10", "000"]
    );
}

#[test]
fn letters_with_marks_are_other_letters_however_they_are_written() {
    assert_ne!(split("har"), split("hår"));
    assert_ne!(split("ol"), split("øl"));
    // One character, or a letter and its mark; and a hyphen that nobody sees.
    assert_eq!(split("SMÖRGÅS"), split("smo\u{308}rga\u{30a}s"));
    assert_eq!(split("gräns\u{ad}verket"), split("gränsverket"));
}

#[test]
fn a_search_asks_for_some_words_and_not_for_any_number() {
    let sought = Sought::parse("Två två  ord, i text").unwrap();
    assert_eq!(sought.words().collect::<Vec<_>>(), ["ord", "text", "två"]);
    for nothing in ["", " ", "a å 7", "…"] {
        assert_eq!(Sought::parse(nothing), Err(NoWords::None), "{nothing:?}");
    }
    let many = |n: usize| (10..10 + n).map(|n| format!("{n} ")).collect::<String>();
    assert_eq!(
        Sought::parse(&many(MOST_SOUGHT)).unwrap().words().count(),
        MOST_SOUGHT
    );
    let refused = [many(MOST_SOUGHT + 1), "x".repeat(LONGEST_SOUGHT + 1)];
    for text in refused {
        assert_eq!(Sought::parse(&text), Err(NoWords::TooMany));
    }
}

#[test]
fn of_a_case_that_has_too_many_words_the_first_are_kept_and_it_is_told() {
    let numbers =
        |range: std::ops::Range<usize>| range.map(|n| format!("w{n} ")).collect::<String>();
    let (first, more) = (numbers(0..MOST_WORDS), numbers(MOST_WORDS..MOST_WORDS + 1));
    let (words, cut) = kept(&[&first, &first]);
    assert_eq!((words.len(), cut), (MOST_WORDS, false));
    let (words, cut) = kept(&[&first, &more]);
    assert_eq!((words.len(), cut), (MOST_WORDS, true));
    assert!(words.contains("w0") && !words.contains(more.trim()));
}

proptest! {
    /// Whatever is written: words no longer than it, each as it is when it is searched for again.
    #[test]
    fn splitting_ends_and_gives_what_a_search_finds(text in any::<String>()) {
        let words = split(&text);
        // One letter becomes at most three when it is written small or composed (Unicode, SpecialCasing).
        let length: usize = words.iter().map(|word| word.chars().count()).sum();
        prop_assert!(length <= 3 * text.chars().count());
        for word in words {
            prop_assert!(!word.contains(char::is_whitespace));
            prop_assert!(word.chars().count() >= SHORTEST);
            prop_assert_eq!(split(&word), [word]);
        }
    }
}
