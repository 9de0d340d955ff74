# Frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

us_clock_comity_fourteen-days = Den lovbestemte begæring om ændring eller ophævelse indgives inden 14 dage fra forkyndelsen; den står kun åben for indhold, når kunden ikke er en US person, og loven i en kvalificeret fremmed stat ville blive overtrådt. Comity efter common law har ingen sådan frist.
us_clock_preservation_ninety-days = Oplysningerne opbevares i 90 dage og i 90 dage mere efter fornyet anmodning; teksten angiver hverken den første dag eller nogen grænse for fornyelser.
us_clock_backup_two-business-days = En sikkerhedskopi, som kræves ved subpoena eller retskendelse, laves inden for 2 arbejdsdage fra modtagelsen uden at underrette kunden og bekræftes over for myndigheden.
us_clock_backup_notice-to-customer = Myndigheden underretter kunden inden for 3 dage fra bekræftelsen af, at sikkerhedskopien er lavet, medmindre underretningen er udsat.
us_clock_backup_release = Sikkerhedskopien udleveres tidligst 14 dage efter, at myndigheden har underrettet kunden, og kun hvis hverken kunden eller udbyderen har gjort indsigelse.
us_clock_backup_customer-challenge = Kunden begærer ophævelse inden for 14 dage fra myndighedens underretning.
us_clock_notice_ninety-days = Myndigheden kan udsætte sin egen underretning af kunden med højst 90 dage og med højst 90 dage mere for hver forlængelse; dette pålægger ikke udbyderen tavshed.
us_clock_secrecy_thirty-days = Når udbyderen har meddelt, at en ret skal prøve tavshedspålægget i et National Security Letter, begærer myndigheden en retskendelse inden for 30 dage; tavshedspålægget gælder imens.
us_notice_order = Udbyderen må underrette kunden, medmindre en ret efter § 2705(b) har bestemt, at ingen må underrettes, så længe retten finder det passende; at myndigheden må udsætte sin egen underretning (§ 2705(a)), pålægger ingen tavshed.
us_notice_preservation = Et pålæg om tavshed hører til en warrant, en subpoena eller en retskendelse; en ren anmodning om sikring, eller en, der alene støttes på fare, er ingen af disse.
us_notice_national-security-letter = Et National Security Letter er kun hemmeligt, hvis det attesterer en af skaderne og oplyser om retten til domstolsprøvelse; en advokat og de, der er nødvendige for at efterkomme det, må underrettes, og modtageren kan få myndigheden til at begære en retskendelse.
us_notice_foreign-intelligence = En afgørelse eller et direktiv om udenlandsk efterretning pålægger udbyderen tavshed; kun tal i intervaller må offentliggøres.
