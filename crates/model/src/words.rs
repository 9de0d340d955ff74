//! Digests in words that two people can compare over the telephone.
//!
//! The words are the PGP word list (Patrick Juola and Philip Zimmermann, 1995): each byte has one
//! word of two syllables and one of three. They alternate, so that a word that is left out, doubled
//! or exchanged with its neighbour is heard.

use zeroize::{Zeroize as _, Zeroizing};

use crate::Sha256Digest;

/// How many bytes of a digest are spoken: 64 bits. A text that gives the same words by chance is as
/// unlikely as one in eighteen trillion million; the whole digest is always shown beside them.
const SPOKEN: usize = 8;

/// The first 64 bits of a digest as eight words.
#[must_use]
pub fn in_words(digest: &Sha256Digest) -> String {
    words_of(&digest.0[..SPOKEN])
}

/// The words of `bytes`, with one blank between them.
fn words_of(bytes: &[u8]) -> String {
    let words = bytes.iter().enumerate().map(|(at, byte)| {
        let list = if at % 2 == 0 { EVEN } else { ODD };
        list.split_ascii_whitespace()
            .nth(usize::from(*byte))
            .unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Four words by which a letter can be recognised: 32 bits drawn by chance, the first of the digest
/// words above. They say nothing of the case that they are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LetterCode([u8; 4]);

impl LetterCode {
    /// The code of four bytes that were drawn by chance.
    #[must_use]
    pub fn new(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(self) -> [u8; 4] {
        self.0
    }

    /// Reads four words as somebody types them: capitals, hyphens and blanks do not count.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = words_in(text);
        let code = Self::of([(); 4].map(|()| words.next().unwrap_or_default()))?;
        words.next().is_none().then_some(code)
    }

    /// The first code in a text: four words of the lists that follow each other.
    #[must_use]
    pub fn find_in(text: &str) -> Option<Self> {
        let words: Vec<_> = words_in(text).collect();
        let mut places = words.windows(4);
        places.find_map(|four| Self::of([four[0], four[1], four[2], four[3]]))
    }

    fn of(words: [&str; 4]) -> Option<Self> {
        let mut bytes = [0; 4];
        for (at, (byte, word)) in bytes.iter_mut().zip(words).enumerate() {
            let list = if at % 2 == 0 { EVEN } else { ODD };
            let mut known = list.split_ascii_whitespace();
            let place = known.position(|one| one.eq_ignore_ascii_case(word))?;
            *byte = u8::try_from(place).ok()?;
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Display for LetterCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&words_of(&self.0).to_lowercase())
    }
}

/// A passphrase that one person tells another over the telephone, to be used once: twelve words, 96 bits drawn by
/// chance. Whoever has what is sealed with it may try for ever; so it is long, and slow to try besides
/// ([`SpokenPassphrase::SCRYPT_WORK`]).
pub struct SpokenPassphrase([u8; Self::BYTES]);

impl SpokenPassphrase {
    /// How many bytes of chance it is made of, and so how many words it has.
    pub const BYTES: usize = 12;
    /// Cost of trying one, as the power of two of scrypt's rounds: 64 MiB and some 200 ms. With 96 bits of chance
    /// no higher cost is needed, and this one fits into what a package may take of memory to be opened.
    pub const SCRYPT_WORK: u8 = 16;

    /// The passphrase of bytes that were drawn by chance.
    #[must_use]
    pub fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The words in small letters, with one blank between them: exactly what is typed into other programs.
    #[must_use]
    pub fn words(&self) -> Zeroizing<String> {
        Zeroizing::new(words_of(&self.0).to_lowercase())
    }

    /// The passphrase as somebody types it: capitals, hyphens, commas and further blanks do not count.
    #[must_use]
    pub fn typed(text: &str) -> Zeroizing<String> {
        let words: Vec<_> = words_in(text).collect();
        Zeroizing::new(words.join(" ").to_lowercase())
    }
}

impl Drop for SpokenPassphrase {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for SpokenPassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SpokenPassphrase")
    }
}

/// The words of a text: runs of letters.
fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
}

const EVEN: &str = "\
aardvark absurd accrue acme adrift adult afflict ahead aimless Algol allow alone ammo ancient apple artist \
assume Athens atlas Aztec baboon backfield backward banjo beaming bedlamp beehive beeswax befriend Belfast berserk billiard \
bison blackjack blockade blowtorch bluebird bombast bookshelf brackish breadline breakup brickyard briefcase Burbank button buzzard cement \
chairlift chatter checkup chisel choking chopper Christmas clamshell classic classroom cleanup clockwork cobra commence concert cowbell \
crackdown cranky crowfoot crucial crumpled crusade cubic dashboard deadbolt deckhand dogsled dragnet drainage dreadful drifter dropper \
drumbeat drunken Dupont dwelling eating edict egghead eightball endorse endow enlist erase escape exceed eyeglass eyetooth \
facial fallout flagpole flatfoot flytrap fracture framework freedom frighten gazelle Geiger glitter glucose goggles goldfish gremlin \
guidance hamlet highchair hockey indoors indulge inverse involve island jawbone keyboard kickoff kiwi klaxon locale lockup \
merit minnow miser Mohawk mural music necklace Neptune newborn nightbird Oakland obtuse offload optic orca payday \
peachy pheasant physique playhouse Pluto preclude prefer preshrunk printer prowler pupil puppy python quadrant quiver quota \
ragtime ratchet rebirth reform regain reindeer rematch repay retouch revenge reward rhythm ribcage ringbolt robust rocker \
ruffled sailboat sawdust scallion scenic scorecard Scotland seabird select sentence shadow shamrock showgirl skullcap skydive slingshot \
slowdown snapline snapshot snowcap snowslide solo southward soybean spaniel spearhead spellbind spheroid spigot spindle spyglass stagehand \
stagnate stairway standard stapler steamship sterling stockman stopwatch stormy sugar surmount suspense sweatband swelter tactics talon \
tapeworm tempest tiger tissue tonic topmost tracker transit trauma treadmill Trojan trouble tumor tunnel tycoon uncut \
unearth unwind uproot upset upshot vapor village virus Vulcan waffle wallet watchword wayside willow woodlark Zulu";

const ODD: &str = "\
adroitness adviser aftermath aggregate alkali almighty amulet amusement antenna applicant Apollo armistice article asteroid Atlantic atmosphere \
autopsy Babylon backwater barbecue belowground bifocals bodyguard bookseller borderline bottomless Bradbury bravado Brazilian breakaway Burlington businessman \
butterfat Camelot candidate cannonball Capricorn caravan caretaker celebrate cellulose certify chambermaid Cherokee Chicago clergyman coherence combustion \
commando company component concurrent confidence conformist congregate consensus consulting corporate corrosion councilman crossover crucifix cumbersome customer \
Dakota decadence December decimal designing detector detergent determine dictator dinosaur direction disable disbelief disruptive distortion document \
embezzle enchanting enrollment enterprise equation equipment escapade Eskimo everyday examine existence exodus fascinate filament finicky forever \
fortitude frequency gadgetry Galveston getaway glossary gossamer graduate gravity guitarist hamburger Hamilton handiwork hazardous headwaters hemisphere \
hesitate hideaway holiness hurricane hydraulic impartial impetus inception indigo inertia infancy inferno informant insincere insurgent integrate \
intention inventive Istanbul Jamaica Jupiter leprosy letterhead liberty maritime matchmaker maverick Medusa megaton microscope microwave midsummer \
millionaire miracle misnomer molasses molecule Montana monument mosquito narrative nebula newsletter Norwegian October Ohio onlooker opulent \
Orlando outfielder Pacific pandemic Pandora paperweight paragon paragraph paramount passenger pedigree Pegasus penetrate perceptive performance pharmacy \
phonetic photograph pioneer pocketful politeness positive potato processor provincial proximate puberty publisher pyramid quantity racketeer rebellion \
recipe recover repellent replica reproduce resistor responsive retraction retrieval retrospect revenue revival revolver sandalwood sardonic Saturday \
savagery scavenger sensation sociable souvenir specialist speculate stethoscope stupendous supportive surrender suspicious sympathy tambourine telephone therapist \
tobacco tolerance tomorrow torpedo tradition travesty trombonist truncated typewriter ultimate undaunted underfoot unicorn unify universe unravel \
upcoming vacancy vagabond vertigo Virginia visitor vocalist voyager warranty Waterloo whimsical Wichita Wilmington Wyoming yesteryear Yucatan";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_byte_has_one_word_in_each_list() {
        for list in [EVEN, ODD] {
            let words: Vec<_> = list.split_ascii_whitespace().collect();
            assert_eq!(words.len(), 256);
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), 256);
        }
    }

    #[test]
    fn a_digest_is_eight_words_that_alternate_between_the_lists() {
        // The example of the word list's authors begins with these bytes.
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&[0xe5, 0x82, 0x94, 0xf2, 0xe9, 0xa2, 0x27, 0x48]);
        assert_eq!(
            in_words(&Sha256Digest(bytes)),
            "topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator"
        );
    }

    #[test]
    fn a_code_is_read_as_people_type_it_and_found_in_a_letter() {
        let code = LetterCode::new([0xe5, 0x82, 0x94, 0xf2]);
        assert_eq!(code.to_string(), "topmost istanbul pluto vagabond");
        for typed in [
            "topmost istanbul pluto vagabond",
            "  Topmost-Istanbul,\nPLUTO  vagabond.",
        ] {
            assert_eq!(LetterCode::parse(typed), Some(code), "{typed}");
        }
        // A word too many, too few, unknown, or two that changed places.
        for wrong in [
            "",
            "topmost istanbul pluto",
            "topmost istanbul pluto vagabond topmost",
            "topmost istanbul pluto something",
            "istanbul topmost pluto vagabond",
        ] {
            assert_eq!(LetterCode::parse(wrong), None, "{wrong}");
        }
        let letter = "The island music plays.\n\n  topmost istanbul pluto vagabond\n\nEnd.";
        assert_eq!(LetterCode::find_in(letter), Some(code));
        assert_eq!(LetterCode::find_in("no such words here"), None);
    }

    #[test]
    fn every_code_reads_back() {
        for byte in 0..=u8::MAX {
            let code = LetterCode::new([byte, byte, 255 - byte, 255 - byte]);
            assert_eq!(LetterCode::parse(&code.to_string()), Some(code));
        }
    }
}
