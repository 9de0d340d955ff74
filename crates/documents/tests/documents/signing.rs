//! The page to sign shows what leaves and what does not, or there is none.

use lagrum_documents::{
    Difference, EarlierDemand, RecipientKnown, Signer, SigningError, SigningPage, Style, Together,
    Zone, in_words, signing_page,
};
use lagrum_mandate::{DemandAnswers, KeptIn, Mandate, SealedTo, TelephoneNumber, ToldPassphrase};
use lagrum_model::{
    AccountIdentifier, Act, Case, CaseId, Category, Disposition, EmailAddress, Identifier,
    Language, Period, Recipient, RecipientKey, Region, Role, Sha256Digest,
};

use crate::made::{Driven, at, demand_answers, id, phrases, stockholm};

fn account(address: &str) -> AccountIdentifier {
    let address = EmailAddress::parse(address).unwrap();
    AccountIdentifier::try_from(Identifier::EmailAddress(address)).unwrap()
}

/// The page of the made case, with everything that stands beside it in the file.
pub fn page_of<'a>(case: &'a Case, text: &'a str) -> SigningPage<'a> {
    // Leaked once per test: the page borrows what a program reads from a file.
    let earlier: &'static [EarlierDemand] = Box::leak(Box::new([EarlierDemand {
        case: CaseId::new(2026, 12),
        account: account("alder@kvist.example"),
        authority: "Polismyndigheten".into(),
        received_at: Some(at("2026-06-02T07:00:00Z")),
        answers: vec![Disposition::Reject],
    }]));
    let signers: &'static [Signer] = Box::leak(Box::new([
        Signer {
            id: Some("olof".into()),
            name: "Olof Strand".into(),
            role: Role::Analyst,
            signed_at: Some(at("2026-11-10T14:05:30Z")),
        },
        Signer {
            id: Some("maja".into()),
            name: "Maja Lind".into(),
            role: Role::Counsel,
            signed_at: None,
        },
    ]));
    let zone: &'static Zone = Box::leak(Box::new(stockholm()));
    let id: &'static CaseId = Box::leak(Box::new(id()));
    SigningPage {
        provider: "Kvist Mail AB",
        case: id,
        facts: case,
        text,
        together: None,
        earlier,
        signers,
        zone,
        recipient: RecipientKnown::Since(jiff::civil::date(2026, 9, 1)),
    }
}

#[test]
fn it_says_in_words_what_leaves_and_what_does_not_and_which_mandate_it_is() {
    let (driven, text) = Driven::half_signed();
    let page = signing_page(&page_of(&driven.case, &text), &phrases(Language::English)).unwrap();
    let words = page
        .to_text(100, Style::Plain)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let digest = Sha256Digest::of(text.as_bytes());
    for part in [
        "Staatsanwaltschaft Berlin, Germany",
        "Dr. Ines Vogt",
        "Amtsgericht Tiergarten (judge), 350 Gs 1207/26",
        "issued on 9 November 2026",
        "274 Js 3318/26",
        "Article 5(4) of Regulation (EU) 2023/1543",
        "gewerbsmäßiger Betrug",
        "until 24 February 2027",
        "called back on the number of the register",
        "Olof Strand (analyst)",
        "From 1 January 2026 to 31 August 2026, both included (Swedish time)",
        "From 31 December 2025 at 23:00 to 31 August 2026 at 22:00 (UTC)",
        "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
        "2026-0012",
        "Maja Lind (counsel): has not signed",
        &digest.to_string(),
        &in_words(&digest),
    ] {
        assert!(words.contains(part), "`{part}` is missing in {words}");
    }
    // What leaves stands before what does not, and the other account only in the second.
    let (leaves, rest) = words.split_once("Who asks").unwrap();
    assert!(leaves.contains("alder@kvist.example") && !leaves.contains("bjork"));
    let (_, stays) = rest.split_once("What does not leave").unwrap();
    assert!(stays.contains("bjork@kvist.example"), "{stays}");
}

#[test]
fn it_says_what_the_signer_knows_of_the_recipients_key() {
    let (driven, text) = Driven::half_signed();
    for (known, says) in [
        (
            RecipientKnown::Since(jiff::civil::date(2026, 9, 1)),
            "known to you since 1 September 2026",
        ),
        (RecipientKnown::New, "NEW: not in your list of recipients"),
        (
            RecipientKnown::NotAsked,
            "not compared with a list of recipients of your own",
        ),
    ] {
        let page = SigningPage {
            recipient: known,
            ..page_of(&driven.case, &text)
        };
        let page = signing_page(&page, &phrases(Language::English)).unwrap();
        let words: Vec<_> = page
            .to_text(100, Style::Plain)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        assert!(words.join(" ").contains(says), "{known:?}");
    }
}

#[test]
fn there_is_no_page_for_a_mandate_that_says_something_else_than_its_case() {
    let (driven, text) = Driven::half_signed();
    let mandate = Mandate::parse(&text).unwrap();
    type Change = fn(&mut Mandate);
    let changes: [(Difference, Change); 14] = [
        (Difference::Recipient, |m| m.act = Act::Preserve),
        (Difference::Scope, |m| {
            m.act = Act::Preserve;
            m.recipient = SealedTo::Vault(KeptIn::until(m.expires_at));
        }),
        (Difference::Case, |m| m.case = CaseId::new(2026, 1)),
        (Difference::Demand, |m| m.demand = Sha256Digest([0; 32])),
        (Difference::Reference, |m| m.reference = "another".into()),
        (Difference::Facts, |m| m.basis.emergency = true),
        (Difference::Scope, |m| {
            m.identifiers.push(account("bjork@kvist.example"));
        }),
        (Difference::Scope, |m| m.categories.push(Category::Traffic)),
        (Difference::Period, |m| {
            m.period = Period::new(at("2025-01-01T00:00:00Z"), m.period.until()).unwrap();
        }),
        (Difference::Others, |m| m.answers = None),
        (Difference::Others, |m| {
            m.answers.as_mut().unwrap().sha256 = Sha256Digest([0; 32]);
        }),
        // It would tell less of them than there is.
        (Difference::Others, |m| {
            let here = &mut m.answers.as_mut().unwrap().here;
            *here = (0..here.len() + 1).collect();
        }),
        (Difference::Recipient, |m| {
            m.recipient = SealedTo::Key(Recipient {
                name: m.recipient.name().to_owned(),
                key: RecipientKey::parse(
                    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
                )
                .unwrap(),
            });
        }),
        (Difference::Recipient, |m| {
            let number = TelephoneNumber::parse("+46 77 114 14 00").unwrap();
            let told = ToldPassphrase::new(m.recipient.name(), "olof", number);
            m.recipient = SealedTo::Passphrase(told);
        }),
    ];
    for (expected, change) in changes {
        let mut other = mandate.clone();
        change(&mut other);
        let other_text = other.to_text();
        // Drafted as the desk would, had somebody taken it over.
        let mut case = driven.case.clone();
        let record = case.mandates.values().next().unwrap().clone();
        case.mandates.insert(
            Sha256Digest::of(other_text.as_bytes()),
            lagrum_model::MandateRecord {
                text: other_text.clone(),
                ..record
            },
        );
        let refused = signing_page(&page_of(&case, &other_text), &phrases(Language::Danish));
        assert!(
            matches!(&refused, Err(SigningError::Differs(found)) if *found == expected),
            "{expected}: {refused:?}"
        );
    }
    // What it names may say something else than the case, too.
    type Lie = fn(&mut DemandAnswers);
    let lies: [Lie; 3] = [
        |said| said.parts[2].answer = Disposition::NoData,
        |said| said.rules.iter_mut().for_each(|rule| rule.says.clear()),
        |said| drop(said.parts.pop()),
    ];
    for (lie, change) in lies.iter().enumerate() {
        let mut said = demand_answers(&driven.case);
        change(&mut said);
        let mut other = mandate.clone();
        other.answers.as_mut().unwrap().sha256 = said.digest();
        let other_text = other.to_text();
        let mut case = driven.case.clone();
        case.answers_named.insert(said.digest(), said.to_text());
        let record = case.mandates.values().next().unwrap().clone();
        case.mandates.insert(
            Sha256Digest::of(other_text.as_bytes()),
            lagrum_model::MandateRecord {
                text: other_text.clone(),
                ..record
            },
        );
        let refused = signing_page(&page_of(&case, &other_text), &phrases(Language::English));
        assert!(
            matches!(&refused, Err(SigningError::Differs(Difference::Others))),
            "lie {lie}: {refused:?}"
        );
    }
    let mut elsewhere = mandate;
    elsewhere.region = Region::parse("dublin").unwrap();
    let refused = signing_page(
        &page_of(&driven.case, &elsewhere.to_text()),
        &phrases(Language::English),
    );
    assert!(refused.is_err(), "the case never drafted it");
    let not_one = page_of(&driven.case, "lagrum-mandate/1\n{}\n");
    let refused = signing_page(&not_one, &phrases(Language::English));
    assert!(matches!(refused, Err(SigningError::Text(_))));
}

#[test]
fn what_stands_beside_the_case_can_be_kept_in_a_file() {
    let (driven, text) = Driven::half_signed();
    let page = page_of(&driven.case, &text);
    let json = serde_json::to_string(&(page.earlier, page.signers, page.zone)).unwrap();
    let (earlier, signers, zone): (Vec<EarlierDemand>, Vec<Signer>, Zone) =
        serde_json::from_str(&json).unwrap();
    let again = SigningPage {
        earlier: &earlier,
        signers: &signers,
        zone: &zone,
        ..page
    };
    let said = |page| signing_page(&page, &phrases(Language::Swedish)).unwrap();
    assert_eq!(said(again), said(page));
}

/// The pages of all mandates of a case, as they are shown in one sitting.
fn pages(driven: &Driven, texts: &[String]) -> Vec<String> {
    let together = Together::of(&driven.case, texts);
    let page = |text: &String| {
        let page = SigningPage {
            together: Some(&together),
            ..page_of(&driven.case, text)
        };
        let made = signing_page(&page, &phrases(Language::English)).unwrap();
        made.to_text(100, Style::Plain)
    };
    texts.iter().map(page).collect()
}

#[test]
fn what_is_signed_together_says_once_what_stays_and_grows_no_faster_than_the_demand() {
    let (driven, texts) = Driven::many(6);
    let all = pages(&driven, &texts);
    for (n, page) in all.iter().enumerate() {
        // What leaves with each mandate is on its own page, and on no other.
        for (m, _) in texts.iter().enumerate() {
            let account = format!("a{m:03}@kvist.example");
            let (leaves, _) = page.split_once("Data").unwrap();
            assert_eq!(leaves.contains(&account), n == m, "{account} on {page}");
        }
        assert!(page.contains(&format!("mandate {} of 6", n + 1)), "{page}");
        assert!(page.contains(&Sha256Digest::of(texts[n].as_bytes()).to_string()));
        assert_eq!(page.contains("What does not leave"), n == 0, "{page}");
        assert_eq!(page.contains("bjork@kvist.example"), n == 0, "{page}");
        assert_eq!(page.contains("on the page of the first"), n > 0, "{page}");
    }
    let (_, stays) = all[0].split_once("What does not leave").unwrap();
    assert!(stays.contains("bjork@kvist.example") && !stays.contains("a001@kvist.example"));

    let length = |accounts| {
        let (driven, texts) = Driven::many(accounts);
        let all = pages(&driven, &texts);
        all.iter().map(String::len).sum::<usize>()
    };
    let (few, many) = (length(8), length(64));
    assert!(many < few * 9, "{few} for 8, {many} for 64");
}

#[test]
fn a_mandate_of_several_that_says_something_else_has_no_page() {
    let (driven, texts) = Driven::many(3);
    let mut other = Mandate::parse(&texts[1]).unwrap();
    let named = other.answers.as_mut().unwrap();
    named.here.push(5);
    let other = other.to_text();
    let mut case = driven.case.clone();
    let mut record = case.mandates[&Sha256Digest::of(texts[1].as_bytes())].clone();
    record.text.clone_from(&other);
    case.mandates
        .insert(Sha256Digest::of(other.as_bytes()), record);
    let together = Together::of(&case, &texts);
    let page = SigningPage {
        together: Some(&together),
        ..page_of(&case, &other)
    };
    let refused = signing_page(&page, &phrases(Language::English));
    assert!(
        matches!(refused, Err(SigningError::Differs(Difference::Others))),
        "{:?}",
        refused.err()
    );
}
