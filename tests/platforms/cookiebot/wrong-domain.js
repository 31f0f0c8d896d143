var cookiedomainwarning='Error: The domain BOULANGERIE.EXAMPLE is not authorized to show the cookie banner for this domain group.';if(typeof console!='undefined'){console.log(cookiedomainwarning)}
