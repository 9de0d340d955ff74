//! The words that are wrong in Swedish or Danish, in every sentence of this room and of the packs.

use super::*;

/// A word that may not stand anywhere, what is right, and where it may stand all the same: in a word of
/// a statute or of another trade.
struct Wrong {
    word: &'static str,
    right: &'static str,
    but: &'static [&'static str],
}

const fn wrong(word: &'static str, right: &'static str) -> Wrong {
    Wrong {
        word,
        right,
        but: &[],
    }
}

const fn wrong_but(word: &'static str, right: &'static str, but: &'static [&'static str]) -> Wrong {
    Wrong { word, right, but }
}

const SWEDISH: &[Wrong] = &[
    wrong("rättslig företrädare", "rättsligt ombud"),
    wrong("rättsliga företrädare", "rättsliga ombud"),
    wrong("juridiskt ombud", "leverantörens jurist"),
    wrong("juridiska ombud", "leverantörens jurist"),
    wrong("leverantörens advokat", "leverantörens jurist"),
    wrong("inte bekräftat av advokat", "inte granskat av jurist"),
    wrong(
        "enbart identifierar",
        "begärs med det enda syftet att identifiera",
    ),
    wrong("adressaten", "mottagaren"),
    wrong("lokaliseringsoplysning", "lokaliseringsuppgifter"),
    wrong("rättsakt", "beslut"),
    wrong("lagpaket", "regelverk"),
    wrong("regeringsavtal", "avtal enligt CLOUD Act"),
    wrong("rätten per", "gällande rätt"),
    wrong("gällande rätt per", "gällande rätt"),
    wrong(" tig ", "lämna inga uppgifter"),
    wrong("läsning", "tolkning"),
    wrong_but(" agent", "uttagsprogrammet", &["Special Agent in Charge"]),
    wrong(" mandat", "uttagsorder"),
    wrong(" region", "lagringsort"),
    wrong("klartecken", "meddelat att ordern inte vägras"),
    wrong("driftställe", "verksamhetsställe"),
    wrong("kontohavare", "kontoinnehavare"),
    wrong("tillfälligt avbruten", "löper inte"),
    wrong("påstådd", "uppgiven"),
    wrong("avslå", "efterkoms inte"),
    wrong("invänd inför", "rättens prövning begärs"),
    wrong("för hand", "av jurist"),
    wrong("husrannsakningsorder", "beslut om husrannsakan"),
    wrong("domstolsföreläggande", "domstolsbeslut"),
    wrong("händelsens dag", "dagen för händelsen"),
    wrong("förlorar sitt slut", "gäller tills vidare"),
    wrong("något slut är inte känt", "något slutdatum är inte angivet"),
    wrong("UTLÖPT", "har löpt ut"),
    wrong("att följa:", "senast"),
    wrong("--moment", "ord"),
    wrong("EU-land", "medlemsstat"),
    wrong("validera ", "godkänna"),
    wrong("validerat", "godkänt"),
    wrong("rättsligt bistånd", "rättslig hjälp"),
    wrong("E-bevisförordningen", "förordningen"),
    wrong("yppandeförbud", "meddelandeförbud"),
    wrong("kontrollpunkt", "checkpoint"),
    wrong("produktionen", "det utlämnade materialet"),
];

const DANISH: &[Wrong] = &[
    wrong("udbyderens advokat", "udbyderens jurist"),
    wrong("ikke bekræftet af advokat", "ikke gennemgået af jurist"),
    wrong(
        "alene identificerer",
        "udelukkende anmodes om med henblik på",
    ),
    wrong("trafikoplysninger", "trafikdata"),
    wrong("lokaliseringsoplysninger", "lokaliseringsdata"),
    wrong("ti stille", "giv ingen oplysninger"),
    wrong("læsning", "fortolkning"),
    wrong("retten pr.", "retstilstanden pr."),
    wrong("retsakt", "afgørelse"),
    wrong("lovpakke", "regelsæt"),
    wrong("regeringsaftale", "aftale efter CLOUD Act"),
    wrong_but(" agent", "udtræksprogrammet", &["Special Agent in Charge"]),
    wrong(" mandat", "udtræksordre"),
    wrong(" region", "lagringssted"),
    wrong("kontohaver", "kontoindehaver"),
    wrong("møderet", "beskikkelse"),
    wrong("frigiver kendelsen", "ikke gør afslagsgrunde gældende"),
    wrong("afvis", "efterkommes ikke"),
    wrong("påstået", "oplyst"),
    wrong("krævet tavshed", "begæret tavshedspligt"),
    wrong("afbrudt", "suspenderet"),
    wrong("efterretningsarbejde", "efterretningsvirksomhed"),
    wrong("manuelt", "af en jurist"),
    wrong("gør indsigelse for retten", "indbringes for retten"),
    wrong("senest da", "senest denne dag"),
    wrong("ubesvaret er udløbet", "ikke svares inden for fristen"),
    wrong("intet slut er kendt", "der er ikke angivet nogen slutdato"),
    wrong("følg {", "senest"),
    wrong("ekstrahere", "trække ud"),
    wrong("internationalt retsbistand", "international retshjælp"),
    wrong("dataansvarlige operatør", "driftsansvarlig"),
    wrong("kontrolpunkt", "checkpoint"),
    wrong("revisor", "kontrollant"),
];

/// The texts of a language: this room's, and the packs'.
fn texts(language: Language) -> Vec<(String, String)> {
    let at = Language::ALL
        .iter()
        .position(|one| *one == language)
        .expect("one of them");
    let own = FILES.iter().map(|file| (file[0].lines().next(), file[at]));
    let own = own.map(|(head, text)| (head.unwrap_or_default().to_owned(), text.to_owned()));
    let packs = packs().translations().iter();
    let packs = packs.filter(|one| one.language == language);
    own.chain(packs.map(|one| (one.path.clone(), one.text.clone())))
        .collect()
}

fn faults(file: &str, text: &str, wrong: &[Wrong]) -> Vec<String> {
    let mut faults = Vec::new();
    for line in text.lines() {
        // What is said, without the names of what is said and of its blanks.
        let Some((_, said)) = line.split_once('=').or_else(|| line.split_once(']')) else {
            continue;
        };
        let mut said = format!(" {}", said.trim()).to_lowercase();
        while let (Some(from), Some(to)) = (said.find("{ $"), said.find(" }")) {
            if to < from {
                break;
            }
            said.replace_range(from..to + 2, "…");
        }
        for one in wrong {
            let mut rest = said.clone();
            for but in one.but {
                rest = rest.replace(&but.to_lowercase(), "");
            }
            if rest.contains(&one.word.to_lowercase()) {
                faults.push(format!(
                    "{file}: `{}` is not the word; write `{}`: {line}",
                    one.word, one.right
                ));
            }
        }
    }
    faults
}

#[test]
fn no_word_that_the_term_base_refuses_stands_in_a_swedish_or_danish_sentence() {
    let mut all = Vec::new();
    for (language, wrong) in [(Language::Swedish, SWEDISH), (Language::Danish, DANISH)] {
        let texts = texts(language);
        assert!(texts.len() > 8, "the packs speak {language}");
        for (file, text) in texts {
            all.extend(faults(&file, &text, wrong));
        }
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

/// The list finds what it is for: each word is told where it stands, and not where it may stand.
#[test]
fn each_refused_word_is_found_where_it_stands() {
    for one in SWEDISH.iter().chain(DANISH) {
        let text = format!(
            "some-name = Ett{} {{ $blank }}.\n",
            format_args!(" {} ", one.word)
        );
        assert!(
            !faults("file", &text, std::slice::from_ref(one)).is_empty(),
            "{}",
            one.word
        );
        for but in one.but {
            let text = format!("some-name = Ett {but}.\n");
            assert!(faults("file", &text, std::slice::from_ref(one)).is_empty());
        }
        assert!(!one.right.is_empty());
    }
    // A name of a sentence or of a blank is no word that people read.
    assert!(faults("file", "mandat = { $region }\n", SWEDISH).is_empty());
}

#[test]
fn a_legal_representative_a_service_provider_and_an_order_have_one_name_each() {
    let says = |language, id: &str| phrases(language).translation(id).expect("it is translated");
    let rule = "eu.2023-1543.addressee-not-bound";
    assert!(says(Language::Swedish, rule).contains("rättsligt ombud"));
    let rule = "dk.european-order.representative";
    assert!(says(Language::Danish, rule).contains("retlig repræsentant"));
    assert!(says(Language::Swedish, rule).contains("rättsligt ombud"));
}
