// cc.js as the vendor shapes it, with our own words.
CookieConsent.url = 'https://consent.cookiebot.com/logconsent.ashx';CookieConsentDialog.cookieTableNecessaryCount = 2;
CookieConsentDialog.cookieTableNecessary = [["__cf_bm [x2]","cdn.boulangerie.example<br/>vimeo.example","Tells people from robots. It is needed to keep the site safe.","1 day","HTTP Cookie","1","","https://cdn.boulangerie.example/"],["panier","boulangerie.example","Keeps what was put in the basket.","Session","HTML Local Storage","2","",""]];
CookieConsentDialog.cookieTablePreference = [];
CookieConsentDialog.cookieTableStatistics = [['_ga','boulangerie.example','Counts visits. It\x27s &quot;anonymous&quot;.','2 years','HTTP Cookie','1','',''],['_ga_#','boulangerie.example','Counts visits of one property.','2 years','HTTP Cookie','1','^_ga_.*$','']];
CookieConsentDialog.cookieTableAdvertising = [["collect","google.example","Sends what device was used.","Session","Pixel Tracker","5","",""]];
CookieConsentDialog.cookieTableUnclassified = [["_mystery","partner.example","Pending","13 mois","Cookie HTTP","1","",""]];
CookieConsentDialog.init();
