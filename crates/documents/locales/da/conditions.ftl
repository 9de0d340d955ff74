# Hvornår en regel anvendes, på dansk: sagt ud fra reglens egne betingelser, faktum for faktum.
# Sætningerne har ledsætningens ordstilling, fordi de følger efter »når«.

## The sentence, and how its pieces are joined

label-applies = Anvendes når
applies-disclose = Reglen gælder udlevering, { $conditions }.
applies-preserve = Reglen gælder sikring, { $conditions }.
applies-both = Reglen gælder både udlevering og sikring, { $conditions }.
applies-when = når { $all }
applies-always = uanset omstændighederne
applies-unless = { $conditions }. Den gælder ikke, når { $exceptions }
clauses-and = { $first }; og { $last }
list-or = { $first } eller { $last }
either = enten { $all }
condition-unread = en yderligere betingelse er opfyldt, som kun fremgår af reglens tekst

## Who asks

fact-principal-country = anmodningen kommer fra { $values }
fact-principal-country-not = anmodningen ikke kommer fra { $values }
fact-principal-kind = anmodningen fremsættes af { $values }
fact-principal-kind-not = anmodningen ikke fremsættes af { $values }
fact-principal-verified = det er kontrolleret, at anmodningen kommer fra myndigheden
fact-principal-verified-not = det ikke er kontrolleret, at anmodningen kommer fra myndigheden

## With what

fact-instrument-kind = der er tale om { $values }
fact-instrument-kind-not = der ikke er tale om { $values }
fact-instrument-measure = afgørelsen vedrører { $values }
fact-instrument-measure-not = afgørelsen ikke vedrører { $values }
fact-instrument-measure-known = afgørelsen angiver, hvilket indgreb den vedrører
fact-instrument-measure-not-known = afgørelsen ikke angiver, hvilket indgreb den vedrører
fact-instrument-country = afgørelsen støttes på retten i { $values }
fact-instrument-country-not = afgørelsen ikke støttes på retten i { $values }
fact-instrument-country-is-principal-country = afgørelsen støttes på retten i det land, som anmodningen kommer fra
fact-instrument-country-not-is-principal-country = afgørelsen ikke støttes på retten i det land, som anmodningen kommer fra
fact-instrument-country-is-addressee-country = afgørelsen støttes på retten i det land, hvor det selskab, som anmodningen er rettet til, er etableret
fact-instrument-country-not-is-addressee-country = afgørelsen ikke støttes på retten i det land, hvor det selskab, som anmodningen er rettet til, er etableret
fact-instrument-country-is-resource-stored-in = afgørelsen støttes på retten i det land, hvor oplysningerne er lagret
fact-instrument-country-not-is-resource-stored-in = afgørelsen ikke støttes på retten i det land, hvor oplysningerne er lagret
fact-instrument-issued-on = afgørelsen er dateret før { $day }
fact-instrument-issued-on-not = afgørelsen er dateret { $day } eller senere
fact-instrument-dated-ahead = afgørelsen bærer en dato, der endnu ikke var kommet, da den blev modtaget
fact-instrument-dated-ahead-not = den dato, afgørelsen bærer, var kommet, da den blev modtaget
fact-instrument-issued-by = { $values } har udstedt afgørelsen
fact-instrument-issued-by-not = det ikke er { $values }, der har udstedt afgørelsen
fact-instrument-validated-by = { $values } har godkendt afgørelsen
fact-instrument-validated-by-not = det ikke er { $values }, der har godkendt afgørelsen
fact-instrument-validated-by-known = nogen har godkendt afgørelsen
fact-instrument-validated-by-not-known = ingen har godkendt afgørelsen
fact-instrument-judge = en dommer har udstedt eller godkendt afgørelsen
fact-instrument-judge-not = ingen dommer har udstedt eller godkendt afgørelsen
fact-instrument-signed = afgørelsen er underskrevet
fact-instrument-signed-not = afgørelsen ikke er underskrevet
fact-instrument-qualified-signature = afgørelsen bærer en kvalificeret elektronisk signatur eller et kvalificeret segl
fact-instrument-qualified-signature-not = afgørelsen ikke bærer nogen kvalificeret elektronisk signatur eller noget kvalificeret segl
fact-instrument-treaty = afgørelsen støtter sig på en international aftale
fact-instrument-treaty-not = afgørelsen ikke støtter sig på en international aftale
fact-instrument-customer-cannot-be-asked = myndigheden oplyser, at kunden ikke kan spørges
fact-instrument-customer-cannot-be-asked-not = myndigheden ikke oplyser, at kunden ikke kan spørges
fact-instrument-interim = afgørelsen er truffet foreløbigt og skal bekræftes senere
fact-instrument-interim-not = afgørelsen ikke er truffet foreløbigt
fact-instrument-rank-confirmed = det er bekræftet, at udstederen af afgørelsen har den stilling, som loven kræver
fact-instrument-rank-confirmed-not = det ikke er bekræftet, at udstederen af afgørelsen har den stilling, som loven kræver
fact-instrument-certified = afgørelsen har den attestation, som loven kræver
fact-instrument-certified-not = afgørelsen mangler den attestation, som loven kræver
fact-instrument-expired = den sidste dag, som afgørelsen angiver, er passeret
fact-instrument-expired-not = ingen sidste dag, som afgørelsen angiver, er passeret
fact-instrument-digital-services-reasons = afgørelsen som påbud efter forordningen om digitale tjenester angiver sin begrundelse
fact-instrument-digital-services-reasons-not = afgørelsen som påbud efter forordningen om digitale tjenester ikke angiver nogen begrundelse
fact-instrument-digital-services-redress = afgørelsen som påbud efter forordningen om digitale tjenester angiver klagemulighederne
fact-instrument-digital-services-redress-not = afgørelsen som påbud efter forordningen om digitale tjenester ikke angiver klagemulighederne
fact-instrument-digital-services-language = afgørelsen som påbud efter forordningen om digitale tjenester er på et sprog, som udbyderen har angivet
fact-instrument-digital-services-language-not = afgørelsen som påbud efter forordningen om digitale tjenester ikke er på et sprog, som udbyderen har angivet
fact-instrument-digital-services-known = afgørelsen er et påbud efter forordningen om digitale tjenester
fact-instrument-digital-services-not-known = afgørelsen ikke er et påbud efter forordningen om digitale tjenester
fact-instrument-notification = underretningen af fuldbyrdelsesmyndigheden { $values }
fact-instrument-notification-not = det ikke forholder sig sådan, at underretningen af fuldbyrdelsesmyndigheden { $values }
fact-instrument-notification-known = afgørelsen viser, om fuldbyrdelsesmyndigheden er underrettet eller ikke skal underrettes
fact-instrument-notification-not-known = afgørelsen ikke viser, om fuldbyrdelsesmyndigheden er underrettet eller ikke skal underrettes

## To whom

fact-addressee-country = det selskab, som anmodningen er rettet til, er etableret i { $values }
fact-addressee-country-not = det selskab, som anmodningen er rettet til, ikke er etableret i { $values }
fact-addressee-country-is-principal-country = det selskab, som anmodningen er rettet til, er etableret i det land, som anmodningen kommer fra
fact-addressee-country-not-is-principal-country = det selskab, som anmodningen er rettet til, ikke er etableret i det land, som anmodningen kommer fra

## For which data

fact-resource-category = oplysningerne er { $values }
fact-resource-category-not = oplysningerne ikke er { $values }
condition-boxes = anmodningen omfatter: { $boxes }
condition-boxes-not = anmodningen ikke omfatter: { $boxes }
fact-resource-stored-in = oplysningerne er lagret i { $values }
fact-resource-stored-in-not = oplysningerne ikke er lagret i { $values }
fact-resource-stored-in-is-principal-country = oplysningerne er lagret i det land, som anmodningen kommer fra
fact-resource-stored-in-not-is-principal-country = oplysningerne er lagret i et andet land end det, som anmodningen kommer fra
fact-resource-controller = den, der bestemmer over oplysningerne, er { $values }
fact-resource-controller-not = den, der bestemmer over oplysningerne, ikke er { $values }
fact-resource-holder-resides-in = kontoindehaveren bor i { $values }
fact-resource-holder-resides-in-not = kontoindehaveren ikke bor i { $values }
fact-resource-holder-resides-in-known = det vides, hvor kontoindehaveren bor
fact-resource-holder-resides-in-not-known = det ikke vides, hvor kontoindehaveren bor
fact-resource-holder-is-us-person = det vides, at kontoindehaveren er en amerikansk person (US person)
fact-resource-holder-is-us-person-not = det vides, at kontoindehaveren ikke er en amerikansk person (US person)
fact-resource-holder-is-us-person-known = det vides, om kontoindehaveren er en amerikansk person (US person)
fact-resource-holder-is-us-person-not-known = det ikke vides, om kontoindehaveren er en amerikansk person (US person)
fact-resource-privileged = kontoen tilhører nogen med faglig tavshedspligt
fact-resource-privileged-not = kontoen ikke tilhører nogen med faglig tavshedspligt
fact-resource-public-authority-of = oplysningerne opbevares for en offentlig myndighed i { $values }
fact-resource-public-authority-of-not = oplysningerne ikke opbevares for en offentlig myndighed i { $values }
fact-resource-public-authority-of-known = oplysningerne opbevares for en offentlig myndighed
fact-resource-public-authority-of-not-known = oplysningerne ikke opbevares for nogen offentlig myndighed
fact-resource-public-authority-of-is-principal-country = den myndighed hører til det land, som anmodningen kommer fra
fact-resource-public-authority-of-not-is-principal-country = den myndighed hører til et andet land end det, som anmodningen kommer fra
fact-resource-service = oplysningerne vedrører { $values }
fact-resource-service-not = oplysningerne ikke vedrører { $values }
fact-resource-service-known = det er noteret, hvilken tjeneste oplysningerne vedrører
fact-resource-service-not-known = det ikke er noteret, hvilken tjeneste oplysningerne vedrører
fact-named = anmodningen angiver kontoen
fact-named-not = anmodningen ikke angiver kontoen

## For what, and how urgent

fact-maximum-penalty-months = der for lovovertrædelsen er angivet et strafmaksimum på mindst { $count } måneder
fact-maximum-penalty-months-not = der ikke er angivet noget strafmaksimum på mindst { $count } måneder
fact-maximum-penalty-months-known = strafmaksimum er angivet
fact-maximum-penalty-months-not-known = strafmaksimum ikke er angivet
fact-listed-offence = lovovertrædelsen er angivet at være en af de opregnede (uanset straf)
fact-listed-offence-not = lovovertrædelsen ikke er angivet at være en af de opregnede
fact-purpose = anmodningen er angivet at vedrøre { $values }
fact-purpose-not = anmodningen ikke er angivet at vedrøre { $values }
fact-purpose-known = anmodningens formål er angivet
fact-purpose-not-known = anmodningens formål ikke er angivet
fact-sentence-known = anmodningen fremsættes til fuldbyrdelse af en dom
fact-sentence-not-known = anmodningen ikke fremsættes til fuldbyrdelse af en dom
fact-sentence-months = straffen er mindst { $count } måneder
fact-sentence-months-not = straffen er mindre end { $count } måneder
fact-sentence-in-absentia = dommen er afsagt, uden at den domfældte var til stede
fact-sentence-in-absentia-not = dommen ikke er afsagt, uden at den domfældte var til stede
fact-sentence-absconded = den domfældte er undveget
fact-sentence-absconded-not = den domfældte ikke er undveget
fact-emergency = en nødsituation påberåbes
fact-emergency-not = ingen nødsituation påberåbes
fact-emergency-believed = udbyderens jurist har noteret udbyderens egen overbevisning om, at faren er reel
fact-emergency-believed-not = udbyderens jurist ikke har noteret udbyderens egen overbevisning om, at faren er reel

## Time

fact-received-at-known = det er noteret, hvornår anmodningen blev modtaget
fact-received-at-not-known = det ikke er noteret, hvornår anmodningen blev modtaget
fact-period-until-known = den periode, der anmodes om, har en slutdag
fact-period-until-not-known = den periode, der anmodes om, ikke har nogen slutdag
fact-period-until-by-received-at = den periode, der anmodes om, slutter senest ved modtagelsen af anmodningen
fact-period-until-not-by-received-at = den periode, der anmodes om, slutter senere end modtagelsen af anmodningen
fact-period-from-known = den periode, der anmodes om, har en begyndelse
fact-period-from-not-known = den periode, der anmodes om, ikke har nogen begyndelse
fact-clocks-passed = fristen på { $values } er udløbet
fact-clocks-passed-not = fristen på { $values } ikke er udløbet
fact-clocks-running = fristen på { $values } løber
fact-clocks-running-not = fristen på { $values } ikke løber
fact-clocks-paused = fristen på { $values } er suspenderet
fact-clocks-paused-not = fristen på { $values } ikke er suspenderet
value-clock = { $period } ({ $cite })

## What became of it

fact-since-withdrawn = myndigheden har trukket anmodningen tilbage
fact-since-withdrawn-not = myndigheden ikke har trukket anmodningen tilbage
fact-since-validation-refused = den, der skulle bekræfte afgørelsen efterfølgende, har afslået det
fact-since-validation-refused-not = ingen, der skulle bekræfte afgørelsen efterfølgende, har afslået det
fact-since-partly-refused = den underrettede myndighed modsætter sig en del af kendelsen eller stiller betingelser
fact-since-partly-refused-not = den underrettede myndighed hverken modsætter sig en del af kendelsen eller stiller betingelser

## What counsel found

fact-findings-conflict-known = udbyderens jurist har noteret en lovkonflikt
fact-findings-conflict-not-known = udbyderens jurist ikke har noteret nogen lovkonflikt
fact-findings-conflict-country = konflikten vedrører retten i { $values }
fact-findings-conflict-country-not = konflikten ikke vedrører retten i { $values }
fact-findings-conflict-country-is-resource-stored-in = konflikten vedrører retten i det land, hvor oplysningerne er lagret
fact-findings-conflict-country-not-is-resource-stored-in = konflikten ikke vedrører retten i det land, hvor oplysningerne er lagret
fact-findings-conflict-ground = udbyderens jurist har fundet, at { $values }
fact-findings-conflict-ground-not = udbyderens jurist ikke har fundet, at { $values }
fact-findings-conflict-qualifying-government = udbyderens jurist har bekræftet, at det andet land er en »qualifying foreign government«
fact-findings-conflict-qualifying-government-not = udbyderens jurist ikke har bekræftet, at det andet land er en »qualifying foreign government«
fact-findings-conflict-outcome = udfaldet af indsigelsen er { $values }
fact-findings-conflict-outcome-not = udfaldet af indsigelsen ikke er { $values }
fact-findings-conflict-outcome-known = der er gjort indsigelse
fact-findings-conflict-outcome-not-known = der endnu ikke er gjort indsigelse
fact-findings-objection = udbyderens jurist har fundet, at { $values }
fact-findings-objection-not = udbyderens jurist ikke har fundet, at { $values }
fact-findings-objection-known = udbyderens jurist har fundet en indsigelse
fact-findings-objection-not-known = udbyderens jurist ikke har fundet nogen indsigelse
fact-findings-transfer-ground = udbyderens jurist har noteret et andet grundlag i databeskyttelsesforordningens kapitel V
fact-findings-transfer-ground-not = udbyderens jurist ikke har noteret noget andet grundlag i databeskyttelsesforordningens kapitel V
fact-findings-relevance-doubted = udbyderens jurist betvivler, at oplysningerne har betydning for sagen
fact-findings-relevance-doubted-not = udbyderens jurist ikke betvivler, at oplysningerne har betydning for sagen
fact-findings-foreign-law-cleared = udbyderens jurist har noteret, at retten på lagringsstedet ikke er til hinder
fact-findings-foreign-law-cleared-not = udbyderens jurist ikke har noteret, at retten på lagringsstedet tillader det
fact-findings-local-law-confirmed = en jurist i myndighedens land har bekræftet afgørelsen
fact-findings-local-law-confirmed-not = ingen jurist i myndighedens land har bekræftet afgørelsen
fact-findings-privilege-cleared = udbyderens jurist har fundet, at faglig tavshedspligt ikke er til hinder
fact-findings-privilege-cleared-not = udbyderens jurist ikke har fundet, at faglig tavshedspligt er uden betydning
fact-findings-partial-refusal-settled = udbyderens jurist har fundet, at det, der anmodes om, ligger uden for det delvise afslag
fact-findings-partial-refusal-settled-not = udbyderens jurist ikke har fundet, at det, der anmodes om, ligger uden for det delvise afslag

## The words that facts are compared with

value-authority-court = en domstol
value-authority-prosecutor = en anklager
value-authority-police = politiet
value-authority-central-authority = en central myndighed
value-authority-security-service = en efterretningstjeneste
value-authority-other-authority = en anden myndighed
value-authority-private-party = en privat part
value-issuer-judge = en dommer
value-issuer-prosecutor = en anklager
value-issuer-police = en polititjenestemand
value-issuer-other = en anden myndighed
value-controller-consumer = en privatperson
value-controller-enterprise = en organisation, der er udbyderens kunde
value-service-internet-access = en internetadgangstjeneste
value-service-number-based = en nummerbaseret interpersonel kommunikationstjeneste
value-service-number-independent = en nummeruafhængig interpersonel kommunikationstjeneste
value-service-other = en tjeneste, der ikke er en elektronisk kommunikationstjeneste
value-measure-interception = indgreb i meddelelseshemmeligheden
value-measure-surveillance = teleoplysning
value-measure-seizure = beslaglæggelse
value-measure-edition = edition
value-measure-search = ransagning
value-notification-not-required = ikke er nødvendig
value-notification-pending = endnu ikke er besvaret
value-notification-cleared = er besvaret uden afslagsgrund
value-notification-refused = er besvaret med en afslagsgrund
value-purpose-criminal-proceedings = en straffesag
value-purpose-criminal-intelligence = efterretningsvirksomhed om lovovertrædelser
value-purpose-state-security = statens sikkerhed
value-purpose-missing-person = eftersøgning af en forsvundet person
value-purpose-other = et andet formål
value-ground-forbids = et andet lands ret forbyder udleveringen
value-ground-no-similar-provision = et andet lands ret ikke har en tilsvarende bestemmelse
value-ground-place-of-storage = oplysningerne er lagret i et andet land
value-outcome-pending = endnu åbent
value-outcome-disclosure-ordered = en retsafgørelse om, at oplysningerne skal udleveres
value-outcome-order-lifted = en retsafgørelse om at ophæve pålægget
value-outcome-out-of-time = at den kom for sent
value-objection-immunity-or-privilege = immuniteter, privilegier eller reglerne om pressefrihed er til hinder
value-objection-incomplete = certifikatet er ufuldstændigt
value-objection-manifest-error = certifikatet indeholder åbenlyse fejl
value-objection-insufficient-information = certifikatet indeholder for få oplysninger til at kunne efterkommes
value-objection-impossible = det er umuligt af grunde, som udbyderen ikke er herre over
value-objection-not-stored = oplysningerne ikke var lagret ved modtagelsen
value-objection-service-not-covered = tjenesten ikke er omfattet
value-objection-other-reason = en anden grund taler imod
value-group-european-union = Den Europæiske Union
value-group-european-economic-area = Det Europæiske Økonomiske Samarbejdsområde
value-group-bound-by-2023-1543 = en medlemsstat, der er bundet af forordning (EU) 2023/1543
value-group-cloud-act-agreement = en stat med en aftale efter CLOUD Act
value-group-with-a-pack = et land, hvis ret har egne regler her
value-group-other = en stat i gruppen »{ $name }«
country-named-US = USA
country-named-GB = Storbritannien
country-named-NL = Nederlandene
