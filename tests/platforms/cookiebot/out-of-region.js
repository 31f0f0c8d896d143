CookieConsent.setOutOfRegion();
