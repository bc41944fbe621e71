// Charts that declare selections are drawn by Vega, its expressions read and never run as code.
(function(){
[].forEach.call(document.querySelectorAll("[data-live]"),function(place){
  var spec=JSON.parse(JSON.stringify(page.live[+place.getAttribute("data-live")]));
  var still=place.innerHTML,room=place.clientWidth,alt=place.querySelector("svg").getAttribute("aria-label");
  if(typeof spec.width==="number"&&room>0){spec.width="container";spec.autosize={type:"fit-x",contains:"padding"};}
  place.textContent="";
  var inner=document.createElement("div");inner.style.width="100%";place.append(inner);
  window.reviewkitVega.embed(inner,spec,{ast:true,renderer:"svg",actions:false,tooltip:{theme:"custom"}})
    .then(function(){
      // The picture's sentence stays; what Vega would tell of each mark are rows, in English.
      place.querySelector("svg").setAttribute("aria-hidden","true");
      var words=document.createElement("span");
      words.className="rk-hidden";words.textContent=alt;place.prepend(words);
      place.classList.add("rk-drawn");
    })
    .catch(function(){place.innerHTML=still;});
});
})();
