# Er alt i orden? På dansk.

order-title = Er alt i orden?
order-all-good = Alt, hvad der er kontrolleret, er i orden
order-not-in-order-count = { $count ->
    [one] Én ting er ikke i orden
   *[other] { $count } ting er ikke i orden
}
order-soon-only = Intet er i uorden; { $count ->
    [one] én ting kræver snart handling
   *[other] { $count } ting kræver snart handling
}
order-checked = Kontrolleret { $at }
order-group-not-in-order = Ikke i orden
order-group-soon = Snart
order-group-in-order = I orden
order-group-not-known = Ikke kendt
order-not-known-lead = Det, der ikke er kendt, regnes aldrig for at være i orden.
order-goes-agents = Udtræksprogrammer
order-goes-accounts = Konti og steder
order-goes-case = Sagen
order-goes-people = Personer og nøgler
order-goes-authorities = Myndigheder
order-goes-law = Regelsæt
order-goes-settings = Indstillinger

## The lines: what it is, and what it means for people

order-agent-at-work = Udtræksprogrammet i { $region } er i drift
order-agent-at-work-means = Lod høre fra sig { $at }; version { $version }.
order-agent-busy = Udtræksprogrammet i { $region } har udført en udtræksordre siden { $at }
order-agent-busy-means = { $step ->
    [searching] Det gennemsøger datakilde { $number } af { $all }.
    [copy] Det gennemsøger det, der er bevaret.
    [sealing] Det kontrollerer det fundne og forsegler det.
    [reading] Det kontrollerer udtræksordren.
   *[other] Hvor langt det er, ved denne version ikke.
}
order-agent-broke-off = Udtræksprogrammet i { $region } var i gang med en udtræksordre og har ikke ladet høre fra sig siden { $at }
order-agent-broke-off-means = Det er standset, eller dets værtsmaskine eller nettet er nede. Intet udleveres halvt: det begynder forfra, når det kører igen. Se på tjenesten på dens værtsmaskine.
order-agent-silent = Udtræksprogrammet i { $region } har ikke ladet høre fra sig siden { $at }
order-agent-silent-means = { $count ->
    [untold] Intet udføres der. Se på tjenesten på dens værtsmaskine, derefter på nettet.
    [one] { $count } udtræksordre ventede dengang; intet udføres der. Se på tjenesten på dens værtsmaskine, derefter på nettet.
   *[other] { $count } udtræksordrer ventede dengang; intet udføres der. Se på tjenesten på dens værtsmaskine, derefter på nettet.
}
order-agent-never-seen = Udtræksprogrammet i { $region }
order-agent-never-seen-means = Det har endnu ikke ladet høre fra sig: det har aldrig kørt, eller det er en ældre version.
order-agent-unreachable = Det, udtræksprogrammet i { $region } meddeler, kan ikke hentes
order-agent-unreachable-means = Ingen udtræksordre når frem, og intet svar kommer tilbage: { $why }
order-agent-clock = Uret hos udtræksprogrammet i { $region } går foran: det viser { $at }
order-agent-clock-means = Udtræksordrer udløber for tidligt der, og det kan ikke ses, om det er tavst. Stil uret.
order-agent-refused = Udtræksprogrammet i { $region } nægtede { $count ->
    [one] { $count } udtræksordre
   *[other] { $count } udtræksordrer
} ved seneste kørsel
order-agent-refused-means = Slags grunde: { $codes }. I sagerne står, hvad der skal gøres; detaljerne ligger hos udtræksprogrammet.
order-waits-for-counsel = Tilbageholdt i { $region }: { $count ->
    [one] { $count } post afventer
   *[other] { $count } poster afventer
} udbyderens jurist
order-waits-for-counsel-means = Ingen har endnu afgjort, om de er omfattet. De vises kun dér, hvor de ligger.
order-same-law = Udtræksprogrammet i { $region } anvender samme regelsæt
order-same-law-means = { $law }, som her.
order-other-law = Udtræksprogrammet i { $region } anvender et andet regelsæt end her
order-other-law-means = { $there } der, { $here } her. Det, der underskrives her, kan blive nægtet der eller bedømt efter ældre regler. Brug samme version begge steder.
order-cards-missing = Kort, som udtræksprogrammet i { $region } er blevet lovet
order-cards-missing-means = { $count ->
    [one] Et kort
   *[other] { $count } kort
} kom ikke ind i den offentlige log, selv om en udtræksordre sagde det: oplysningerne bag kortet er ændret, eller sagssystemet er ikke, hvad det giver sig ud for. Indtil det er opklaret, venter programmet på hvert kort, før det udfører en udtræksordre.
order-law-not-known = Regelsættet hos udtræksprogrammet i { $region }
order-law-not-known-means = Det er tavst; hvilket det anvender nu, kan ikke ses.
order-same-roster = Udtræksprogrammet i { $region } godtager de samme underskrifter
order-same-roster-means = Dets liste over beføjede personer er den samme som her.
order-other-roster = Udtræksprogrammet i { $region } har en anden liste over beføjede personer end her
order-other-roster-means = Nogens underskrift gælder det ene sted, men ikke det andet. Sammenlign de to filer ved hjælp af nøgleordene.
order-other-version = Udtræksprogrammet i { $region } har en anden version end her
order-other-version-means = { $there } der, { $here } her. Begge arbejder videre; det, som kun den nyere kender, nægter den ældre. Brug samme version begge steder.
order-own-machine-off = Udtræksprogrammet i { $region } kræver ingen underskrift fra en persons egen computer
order-own-machine-off-means = Den, der overtager systemet, kan vise én ting og få en anden underskrevet. Kravet er slået fra i dets indstillinger.
order-accounts-agree = Hver opført konto i { $region } er kendt der
order-accounts-agree-means = { $count ->
    [one] { $count } konto, sammenlignet med udtræksprogrammets egen liste og dets lagre i filer.
   *[other] { $count } konti, sammenlignet én for én med udtræksprogrammets egen liste og dets lagre i filer.
}
order-account-without-source = Kontoen { $account } er opført i { $region }, men udtræksprogrammet eller en af dets datakilder der kender den ikke
order-account-without-source-means = Det, der ikke kan findes der, nægtes, til fejlen er rettet; det besvares aldrig med, at kontoen ikke findes. Tilføj oplysningerne og stedet der, og sørg for, at stedet findes, eller fjern kontoen fra directory.toml.
order-accounts-fault = Kontiene i { $region } kan ikke bruges der, som de er opført
order-accounts-fault-means = Hver udtræksordre for { $region } nægtes, til fejlen er rettet: { $why }
order-accounts-not-compared = Om kontiene i { $region } er kendt der
order-accounts-not-compared-means = Udtræksprogrammet kører på en anden maskine, og ingen sammenligner dem. Det nægter en udtræksordre for en konto, som det ikke kender.
order-accounts-of-table = Om hver konto i tabellen er kendt dér, hvor oplysningerne ligger
order-accounts-of-table-means = En tabel indekseres, men sammenlignes ikke række for række. Udtræksprogrammet nægter det, som ikke begge kender.
order-directory-fault = Listen over konti kan ikke bruges
order-directory-fault-means = Ingen anmodning kan vurderes, før fejlen er rettet: { $why }
order-mandate-runs-out = En udtræksordre i sag { $case } udløber { $at }
order-mandate-runs-out-means = Udtræksprogrammet i { $region } har ikke udført den. Find ud af hvorfor, eller tilbagekald den.
order-mandate-ran-out = En udtræksordre i sag { $case } udløb { $at }
order-mandate-ran-out-means = Udtræksprogrammet i { $region } udførte den aldrig, og det kan ingen længere. Træf afgørelse igen, så udarbejdes der en ny.
order-mandates-good = Ingen udtræksordre er ved at udløbe
order-mandates-good-means = Det, der er underskrevet og udstedt, er udført eller har tid endnu.
order-undescribed = { $count ->
    [one] { $count } anmodning er
   *[other] { $count } anmodninger er
} ikke beskrevet af nogen i otte timer
order-undescribed-means = Den korteste frist kan allerede være udløbet. Nogen skal læse det, der er modtaget.
order-no-own-machine = Ingens nøgle ligger på en egen computer
order-no-own-machine-means = Den, der overtager systemet, kan vise én ting og få en anden underskrevet, to gange. Opret en af nøglerne på en egen computer, og angiv det på listerne over beføjede personer.
order-signers = Der er beføjede til at underskrive
order-signers-means = På listen over beføjede personer: sagsbehandlere { $analysts }, jurister { $counsel }.
order-no-key = { $name } har ingen nøgle på listen over beføjede personer
order-no-key-means = Rollen underskriver udtræksordrer, men personen kan ikke.
order-no-group = { $name } arbejder ikke i nogen gruppe
order-no-group-means = For den person er der ingen sager. Anfør personen i en gruppe i people.toml.
order-one-key-of-counsel = { $name } har den eneste juristnøgle
order-one-key-of-counsel-means = Går den tabt, kan ingen underskrive som jurist, og intet udleveres. Registrér en til.
order-one-counsel = { $name } er den eneste jurist, der kan underskrive
order-one-counsel-means = Under fravær udleveres intet, og ingen anden kan tiltræde.
order-no-auditor = Ingen er kontrollant her
order-no-auditor-means = Det, der er for sent, fraveget eller aldrig bekræftet, overvåges af dem, der gør det. Udpeg en, der ikke er underlagt dem.
order-invitations-open = { $count ->
    [one] { $count } invitation virker stadig
   *[other] { $count } invitationer virker stadig
}
order-invitations-open-means = Den, der åbner en, anses for at være personen. Hver ophører inden for et døgn.
order-no-invitations = Ingen invitation er åben
order-no-invitations-means = Ingen kan logge ind med et link.
order-sign-in-there = Login hos { $issuer } svarer
order-sign-in-there-means = { $count ->
    [one] { $count } nøgle derfra forstås her.
   *[other] { $count } nøgler derfra forstås her.
} Den, hvis konto er tilknyttet, kan logge ind.
order-sign-in-silent = Ingen kan logge ind via { $issuer }
order-sign-in-silent-means = Adgangsnøgler virker som altid. Hvorfor: { $why }.
order-authority-overdue = Kontaktoplysningerne for { $name } blev senest kontrolleret den { $day }
order-authority-overdue-means = Numre skifter indehaver. Bed nogen om at finde nummeret igen og ringe op.
order-authority-not-dated = Hvornår kontaktoplysningerne for { $name } { $count ->
    [0] blev kontrolleret
    [one] og { $count } anden blev kontrolleret
   *[other] og { $count } andre blev kontrolleret
}
order-authority-not-dated-means = Ingen har noteret det. Tilføj »checked« i authorities.toml, når nogen har ringet.
order-authorities-checked = Myndighedernes kontaktoplysninger er kontrolleret rettidigt
order-authorities-checked-means = { $count ->
    [one] { $count } myndighed.
   *[other] { $count } myndigheder.
}
order-no-authorities = Myndigheder
order-no-authorities-means = Ingen er opført: ingen anmodning kan bekræftes ved opkald til et nummer, der er fundet uden den, så ingen imødekommes.
order-log-published = Den offentlige log har alt, der er registreret
order-log-published-means = { $count ->
    [one] { $count } logpost; den offentliggjorte checkpoint er systemets.
   *[other] { $count } logposter; den offentliggjorte checkpoint er systemets.
}
order-log-behind = { $count ->
    [one] { $count } hændelse venter
   *[other] { $count } hændelser venter
} på den offentlige log siden { $at }
order-log-behind-means = Intet, der er underskrevet siden da, går til et udtræksprogram, før det er offentligt.
order-log-waits = { $count ->
    [one] { $count } hændelse får sin
   *[other] { $count } hændelser får deres
 } plads i den offentlige log med næste portion, { $at }
order-log-waits-means = Der skrives lige mange poster hver gang, uanset hvad der er sket, så loggen ikke røber, hvor travlt der er.
order-log-full = { $count } procent af loggens poster i den seneste uge står for hændelser
order-log-full-means = Når der sker mere, end der er plads til, venter hændelser og udtræksordrer, og portioner skrives før tid. Bekendtgør større portioner.
order-log-ahead = { $count ->
    [one] { $count } portion i loggen blev
   *[other] { $count } portioner i loggen blev
 } skrevet før tid
order-log-ahead-means = En udtræksordre ville ellers have ventet for længe. Alle kan se, at der skete meget på det tidspunkt.
order-log-empty = Der er endnu ikke registreret noget
order-log-empty-means = Den offentlige log begynder med den første anmodning.
order-log-fault = Den offentlige log er ikke den, systemet offentliggjorde
order-log-fault-means = Intet udføres, før dette er rettet: { $why }
order-no-witnesses = Loggens uafhængige medsignatarer (witness)
order-no-witnesses-means = Ingen er kendt her. Den, der får vist to forskellige logge, kan ikke bevise det.
order-witnessed = Tilstrækkeligt mange uafhængige medsignatarer har set loggen
order-witnessed-means = Den sidste af de nødvendige, { $at }.
order-witnesses-old = De uafhængige medsignatarer så senest loggen { $at }
order-witnesses-old-means = Udtræksprogrammer, der kræver et nyere svar, udfører intet.
order-witnesses-missing = For få uafhængige medsignatarer har set loggen
order-witnesses-missing-means = Udtræksprogrammer med samme krav udfører intet: { $why }
order-outbox-empty = Intet venter på at blive sendt til et udtræksprogram
order-outbox-empty-means = Udstedte og tilbagekaldte udtræksordrer ligger dér, hvor de hentes.
order-outbox-waits = { $count ->
    [one] { $count } ting venter
   *[other] { $count } ting venter
} på at blive sendt til et udtræksprogram siden { $at }
order-outbox-waits-means = En udtræksordre, eller en tilbagekaldelse, der skal standse en, er ikke nået frem.
order-disk-free = Der er plads på disken
order-disk-free-means = { $count } MiB er ledige.
order-disk-low = Disken er næsten fuld: { $count } MiB er ledige
order-disk-low-means = Når den er fuld, kan intet modtages, afgøres eller offentliggøres. Det, der er der, forbliver helt.
order-disk-not-known = Pladsen på disken
order-disk-not-known-means = Systemet oplyser det ikke.
order-mailbox-read = Postkassen { $address } læses
order-mailbox-read-means = Senest læst til ende { $at }.
order-mailbox-not-read = Postkassen { $address } læses ikke længere
order-mailbox-not-read-means = Der kan ligge krav, som ingen har set, mens fristerne løber. Senest læst til ende: { $at }.
order-mailbox-failing = Postkassen { $address } har ikke kunnet læses siden { $at }
order-mailbox-failing-means = Der kan ligge krav, som ingen har set, mens fristerne løber: { $why }.
order-mail-not-taken = { $count ->
    [one] En meddelelse i { $address } er for lang til at blive modtaget
   *[other] { $count } meddelelser i { $address } er for lange til at blive modtaget
 }
order-mail-not-taken-means = Det kan være et krav, hvis frist løber. Se efter i selve postkassen, og registrér filerne i hånden.
order-outgoing-empty = Intet venter på at blive sendt
order-outgoing-empty-means = E-mails og meddelelser til programmer er sendt.
order-outgoing-waits = { $count ->
    [one] Én meddelelse venter på at blive sendt via { $way } siden { $at }
   *[other] { $count } meddelelser venter på at blive sendt via { $way } siden { $at }
}
order-outgoing-waits-means = Der forsøges igen. Det, der sidst hindrede: { $why }.
order-outgoing-given-up = { $count ->
    [one] Én meddelelse via { $way } kunne ikke sendes, og forsøgene ophørte { $at }
   *[other] { $count } meddelelser via { $way } kunne ikke sendes, og forsøgene ophørte senest { $at }
}
order-outgoing-given-up-means = Nogen er ikke underrettet. Det, der hindrede: { $why }.
order-letter-not-sent = Et brev i sag { $case } er ikke sendt
order-letter-not-sent-means = Forsøgene ophørte { $at }. Send det igen eller på anden måde.
order-emergency-unseen = En nødsituation er kommet ind, og ingen har set på den: sag { $case }
order-emergency-unseen-means = Den kom ind { $at }. Nogens liv kan afhænge af den.
order-nobody-on-call = Ingen har vagt fra { $at }
order-nobody-on-call-means = En nødsituation går da til alle, der underrettes om nødsituationer.
order-on-call-unreachable = { $person } har vagt og kan ikke nås
order-on-call-unreachable-means = Personen står ikke på listen over personer eller har ingen mailadresse dér.
order-certificate-good = Certifikatet for { $origin } gælder
order-certificate-good-means = { $days ->
    [one] { $days } dag endnu: til { $at }.
   *[other] { $days } dage endnu: til { $at }.
}
order-certificate-runs-out = { $days ->
    [0] Certifikatet for { $origin } udløber inden for et døgn
    [one] Certifikatet for { $origin } udløber om { $days } dag
   *[other] Certifikatet for { $origin } udløber om { $days } dage
}
order-certificate-runs-out-means = { $at }. Derefter åbner ingen browser systemet eller myndighedernes indgang. Er det fornyet, kan systemet ikke bruge det, der ligger der.
order-certificate-ran-out = Certifikatet for { $origin } udløb { $at }
order-certificate-ran-out-means = Browsere nægter at åbne systemet og myndighedernes indgang. Læg et gyldigt certifikat med dets nøgle på dets plads: en genstart er ikke nødvendig.
order-certificate-not-seen = Certifikatet for { $origin }
order-certificate-not-seen-means = Systemet var senest i drift dér { $at }.
order-packages-kept = Bucketen til forseglede pakker kan bruges
order-packages-kept-means = { $place }. Pakker kan lægges der, og ingen ser ind uden nøgle.
order-packages-fault = Bucketen til forseglede pakker er ikke, som den skal være
order-packages-fault-means = { $place }: { $why }. Det, der ikke kan lægges der, bliver hos udtræksprogrammet.
order-packages-not-known = Bucketen til forseglede pakker: ikke alt kan vides
order-packages-not-known-means = { $place }: { $why }.
order-backup-made = Den seneste sikkerhedskopi blev taget { $at }
order-backup-made-means = Om den kan gendannes, viser kun en prøve.
order-backup-old = Den seneste sikkerhedskopi blev taget { $at }
order-backup-old-means = Det, der er sket siden, ville gå tabt med denne maskine.
order-backup-not-known = Sikkerhedskopi
order-backup-not-known-means = Systemet ved ikke, hvordan det kan se, hvornår en blev taget: angiv i desk.toml en fil, som hver sikkerhedskopiering berører.
order-files-guarded = Indstillinger og nøgler kan kun ændres af ejeren
order-files-guarded-means = { $count ->
    [one] { $count } fil: ingen anden kan ændre den, og ingen anden kan læse en nøgle.
   *[other] { $count } filer: ingen anden kan ændre dem, og ingen anden kan læse en nøgle.
}
order-file-fault = { $file } kan ikke bruges
order-file-fault-means = { $why }
order-mandates-open = Enhver bruger på denne maskine kan komme ind i { $directory }, hvor udtræksordrer ligger
order-mandates-open-means = De nævner konti. Luk den: chmod -R o= { $directory }
order-law-fault = Regelsættet kan ikke bruges
order-law-fault-means = Ingen anmodning kan vurderes, før fejlen er rettet: { $why }
